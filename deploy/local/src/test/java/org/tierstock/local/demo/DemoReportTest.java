package org.tierstock.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tierstock.local.demo.SalesClient.CancelledLine;

class DemoReportTest {
    @Test
    void every_order_is_counted_by_what_became_of_it() {
        Settled world =
                new Settled().paid("shipped", 3, 3, 0).paid("partly", 2, 1, 1).left(5);
        world.placed("abandoned", 1, 2);
        world.seen("web:abandoned", "EXPIRED", 1, 0, 0);
        world.placed("cancelled", 1, 0).cancelled(List.of(new CancelledLine(1, 1, 0, 0)));
        world.placed("late", 1, 0).refunded("SOLD_OUT");
        world.paid("cancelled-paid", 1, 0, 1);
        world.books.order("web:cancelled-paid").cancelled(List.of(new CancelledLine(1, 0, 0, 1)));
        world.books.refused("nothing of the basket is in stock");

        DemoReport.Figures figures = report(world).figures();

        assertThat(figures.ordersPlaced()).isEqualTo(6);
        assertThat(figures.ordersRefused()).isEqualTo(1);
        assertThat(figures.ordersPaid()).isEqualTo(3);
        assertThat(figures.ordersRefunded()).isEqualTo(1);
        assertThat(figures.ordersCancelled()).isEqualTo(2);
        assertThat(figures.ordersExpired()).isEqualTo(1);
        assertThat(figures.ordersShipped()).isEqualTo(2);
        assertThat(figures.ordersShort()).isEqualTo(1);
        assertThat(figures.unitsPaid()).isEqualTo(6);
        assertThat(figures.unitsShipped()).isEqualTo(4);
        assertThat(figures.unitsReversed()).isEqualTo(2);
        assertThat(figures.unitsShort()).isEqualTo(1);
    }

    @Test
    void the_json_is_one_line_with_the_promised_fields() throws Exception {
        String json = report(new Settled().paid("1", 3, 3, 0).left(7)).json();

        JsonNode figures = JsonMapper.builder().build().readTree(json);
        assertThat(json).doesNotContain("\n");
        assertThat(figures.fieldNames())
                .toIterable()
                .contains(
                        "ordersPlaced",
                        "ordersRefused",
                        "ordersPaid",
                        "ordersCancelled",
                        "ordersExpired",
                        "ordersShipped",
                        "unitsShipped",
                        "oversold",
                        "ledgerDifferences",
                        "reconciliationDifferences",
                        "seconds");
        assertThat(figures.get("unitsShipped").asLong()).isEqualTo(3);
        assertThat(figures.get("oversold").asLong()).isZero();
    }

    @Test
    void the_text_shows_the_buckets_of_every_layer_and_says_that_all_is_well() {
        String text = report(new Settled().paid("1", 3, 3, 0).left(7)).text();

        assertThat(text).contains("SELLABLE 7").contains("ALLOTTED 7").contains("AVAILABLE 7");
        assertThat(text).contains("Every invariant holds.");
    }

    @Test
    void the_text_names_what_failed_with_an_example() {
        Settled world = new Settled().paid("1", 3, 3, 0).left(7);
        world.parked = 2;

        DemoReport report = report(world);

        assertThat(report.clean()).isFalse();
        assertThat(report.text()).contains("messages are parked").contains("INVARIANTS FAILED: 1");
    }

    private static DemoReport report(Settled world) {
        return new DemoReport("FoodMart", world.books, world.evidence(), 10, 5);
    }
}
