package org.tierstock.runtime.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FairSharesTest {
    private final FairShares shares = new FairShares(12);

    private int taken(String caller, int wanted) {
        int taken = 0;
        for (int i = 0; i < wanted; i++) {
            taken += shares.take(caller) ? 1 : 0;
        }
        return taken;
    }

    @Test
    void a_caller_alone_takes_all_places() {
        assertThat(taken("a", 20)).isEqualTo(12);
    }

    @Test
    void each_that_comes_later_still_gets_an_equal_share() {
        assertThat(taken("a", 20)).isEqualTo(12);
        assertThat(taken("b", 20)).isEqualTo(6);
        assertThat(taken("c", 20)).isEqualTo(4);
        assertThat(taken("a", 1)).isZero();
    }

    @Test
    void what_all_hold_together_is_bounded_however_many_callers_come() {
        for (int caller = 0; caller < 100; caller++) {
            taken("caller-" + caller, 20);
        }

        // 12 * (1 + 1/2 + 1/3 + ... + 1/12), rounded down each
        assertThat(shares.taken()).isEqualTo(12 + 6 + 4 + 3 + 2 + 2 + 1 + 1 + 1 + 1 + 1 + 1);
    }

    @Test
    void in_how_many_parts_a_party_comes_takes_nothing_of_another_partys_share() {
        for (int part = 0; part < 100; part++) {
            shares.take(new Sender("inventive", "part-" + part), 1);
        }

        // 12 for the first parts; all others find an equal share of no whole place.
        assertThat(shares.taken()).isEqualTo(12);
        assertThat(taken("other", 20)).isEqualTo(6);
    }

    @Test
    void a_party_holds_no_more_than_twice_its_share_in_however_many_parts_it_comes_with_however_much() {
        for (int part = 0; part < 12; part++) {
            shares.take(new Sender("inventive", "part-" + part), 1_000);
        }
        assertThat(shares.taken()).isEqualTo(1_000);

        assertThat(shares.take(new Sender("inventive", "one more"), 1)).isFalse();
        assertThat(shares.take("other")).isTrue();
    }

    @Test
    void the_parts_of_a_party_share_what_is_the_partys() {
        Sender greedy = new Sender("party", "greedy");
        Sender late = new Sender("party", "late");
        taken("other", 6);
        for (int i = 0; i < 20; i++) {
            shares.take(greedy, 1);
        }

        assertThat(shares.take(greedy, 1)).isFalse();
        assertThat(IntStream.range(0, 20).filter(i -> shares.take(late, 1))).hasSize(3);
        assertThat(shares.taken()).isEqualTo(6 + 6 + 3);
    }

    @Test
    void who_took_more_than_a_share_takes_again_when_it_has_given_back_so_many() {
        taken("a", 12);
        taken("b", 6);

        for (int i = 0; i < 6; i++) {
            assertThat(shares.take("a")).isFalse();
            shares.release("a");
        }
        shares.release("b");

        assertThat(shares.take("a")).isTrue();
    }

    @Test
    void who_takes_several_at_once_gets_all_of_them_while_there_is_room_for_one_and_gives_them_back_together() {
        assertThat(shares.take(Sender.of("a"), 5)).isTrue();
        assertThat(shares.take(Sender.of("a"), 100)).isTrue();
        assertThat(shares.take("a")).isFalse();
        assertThat(shares.take(Sender.of("b"), 6)).isTrue();
        assertThat(shares.take("b")).isFalse();
        assertThat(shares.taken()).isEqualTo(111);

        shares.release(Sender.of("a"), 100);
        assertThat(shares.take("a")).isTrue();
        assertThat(shares.taken()).isEqualTo(12);
    }

    @Test
    void nobody_gives_back_more_than_they_hold() {
        shares.take(Sender.of("a"), 5);

        assertThatThrownBy(() -> shares.release(Sender.of("a"), 6)).isInstanceOf(IllegalStateException.class);
        assertThat(shares.taken()).isEqualTo(5);
    }
}
