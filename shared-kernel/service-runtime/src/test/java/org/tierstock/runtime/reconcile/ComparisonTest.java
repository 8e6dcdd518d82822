package org.tierstock.runtime.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final int MOST = 10;

    private static Comparison compared(List<KeyPosition> here, List<KeyPosition> there) {
        return Comparison.of(here.iterator(), there.iterator(), MOST, keys -> {});
    }

    @Test
    void equal_positions_have_no_difference() {
        List<KeyPosition> positions = List.of(new KeyPosition("a", 1), new KeyPosition("b", 2));

        assertThat(compared(positions, positions)).isEqualTo(new Comparison(2, 0, List.of()));
        assertThat(compared(List.of(), List.of())).isEqualTo(new Comparison(0, 0, List.of()));
    }

    @Test
    void a_key_of_one_side_only_is_compared_with_nothing() {
        Comparison comparison = compared(
                List.of(new KeyPosition("a", 1), new KeyPosition("c", 3)),
                List.of(new KeyPosition("b", 2), new KeyPosition("c", 4), new KeyPosition("d", 5)));

        assertThat(comparison.keys()).isEqualTo(4);
        assertThat(comparison.differences())
                .containsExactly(
                        new Comparison.Difference("", "a", 1, 0),
                        new Comparison.Difference("", "b", 0, 2),
                        new Comparison.Difference("", "c", 3, 4),
                        new Comparison.Difference("", "d", 0, 5));
    }

    @Test
    void the_same_key_in_another_scope_is_another_key() {
        assertThat(compared(List.of(new KeyPosition("W1", "a", 1)), List.of(new KeyPosition("W2", "a", 1)))
                        .differences())
                .containsExactly(
                        new Comparison.Difference("W1", "a", 1, 0), new Comparison.Difference("W2", "a", 0, 1));
    }

    @Test
    void millions_of_keys_are_compared_as_they_come_and_only_so_many_differences_are_kept() {
        long keys = 3_000_000;

        Comparison comparison = Comparison.of(numbered(keys, 1), numbered(keys, 2), MOST, compared -> {});

        assertThat(comparison.keys()).isEqualTo(keys);
        assertThat(comparison.differenceCount()).isEqualTo(keys);
        assertThat(comparison.differences()).hasSize(MOST);
    }

    private static Iterator<KeyPosition> numbered(long keys, long quantity) {
        return LongStream.range(0, keys)
                .mapToObj(n -> new KeyPosition("%08d".formatted(n), quantity))
                .iterator();
    }

    @Test
    void positions_out_of_order_are_refused() {
        List<KeyPosition> outOfOrder = List.of(new KeyPosition("b", 1), new KeyPosition("a", 1));

        assertThatThrownBy(() -> compared(outOfOrder, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> compared(List.of(), outOfOrder)).isInstanceOf(IllegalArgumentException.class);
    }
}
