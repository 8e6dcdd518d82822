package org.tierstock.dispatch.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tierstock.dispatch.domain.Fixtures.PHONE;
import static org.tierstock.dispatch.domain.Fixtures.key;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.ConservationBroken;
import org.tierstock.movements.protocol.ToSales;

class LineInHandTest {
    private static final PeerJournal SALES = new PeerJournal(1, 1);
    private static final LineNumber NUMBER = new LineNumber("WEB:1", 1);

    @Test
    void a_short_part_serves_an_open_cancel_at_once() {
        LineInHand line = line(10, 6).accept("C1", 3, SALES, "");

        LineInHand.Step step = line.settle();

        assertThat(step.reversals()).containsExactly(reversal(3, 0, "C1", 0));
        assertThat(step.line().line().shortage()).isEqualTo(1);
        assertThat(step.line().line().cancelled()).isEqualTo(3);
    }

    @Test
    void the_oldest_cancel_is_served_first() {
        LineInHand line = line(10, 6).accept("C1", 3, SALES, "").accept("C2", 3, SALES, "");

        LineInHand.Step step = line.settle();

        assertThat(step.reversals()).containsExactly(reversal(3, 0, "C1", 0), reversal(1, 0, "C2", 0));
    }

    @Test
    void units_that_a_warehouse_was_asked_for_are_not_given_twice() {
        LineInHand line = line(10, 10).accept("C1", 4, SALES, "");
        line = line.with(line.line().releaseAsked(4));

        LineInHand.Step step = line.with(line.line().failed(2)).settle();

        assertThat(step.reversals()).isEmpty();
        assertThat(step.line().line().shortage()).isEqualTo(2);
    }

    @Test
    void what_shipped_meanwhile_is_refused() {
        LineInHand line = line(10, 10).accept("C1", 8, SALES, "");

        LineInHand.Step step = line.with(line.line().shipped(7)).settle();

        assertThat(step.reversals()).containsExactly(reversal(0, 0, "C1", 5));
        assertThat(step.line().line().open()).isEqualTo(3);
    }

    @Test
    void released_units_tell_how_many_may_be_sold_again() {
        LineInHand line = line(10, 10).accept("C1", 2, SALES, "").accept("C2", 4, SALES, "");
        line = line.with(line.line().releaseAsked(6));

        LineInHand.Step step = line.released(6, 5, 4);

        assertThat(step.reversals()).containsExactly(reversal(2, 2, "C1", 0), reversal(3, 2, "C2", 0));
        assertThat(step.line().line().allocated()).isEqualTo(5);
    }

    @Test
    void a_line_whose_numbers_do_not_add_up_cannot_exist() {
        assertThatThrownBy(() -> line(10, 4).line().shipped(5)).isInstanceOf(ConservationBroken.class);
    }

    private static LineInHand line(long quantity, long allocated) {
        return new LineInHand(
                DispatchLine.handedOver(NUMBER, key("WEB", "NORTH", PHONE), quantity, allocated), List.of());
    }

    private static Reversal reversal(long quantity, long regranted, String cancel, long refused) {
        return new Reversal(
                NUMBER, key("WEB", "NORTH", PHONE), quantity, regranted, ToSales.Cause.CANCEL, cancel, refused);
    }
}
