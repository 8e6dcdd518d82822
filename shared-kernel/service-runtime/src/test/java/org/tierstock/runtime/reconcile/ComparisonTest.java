package org.tierstock.runtime.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    @Test
    void equal_positions_have_no_difference() {
        List<KeyPosition> positions = List.of(new KeyPosition("a", 1), new KeyPosition("b", 2));

        assertThat(Comparison.of(positions, positions)).isEqualTo(new Comparison(2, List.of()));
        assertThat(Comparison.of(List.of(), List.of())).isEqualTo(new Comparison(0, List.of()));
    }

    @Test
    void a_key_of_one_side_only_is_compared_with_nothing() {
        Comparison comparison = Comparison.of(
                List.of(new KeyPosition("a", 1), new KeyPosition("c", 3)),
                List.of(new KeyPosition("b", 2), new KeyPosition("c", 4), new KeyPosition("d", 5)));

        assertThat(comparison.keys()).isEqualTo(4);
        assertThat(comparison.differences())
                .containsExactly(
                        new Comparison.Difference("a", 1, 0),
                        new Comparison.Difference("b", 0, 2),
                        new Comparison.Difference("c", 3, 4),
                        new Comparison.Difference("d", 0, 5));
    }

    @Test
    void positions_out_of_order_are_refused() {
        List<KeyPosition> outOfOrder = List.of(new KeyPosition("b", 1), new KeyPosition("a", 1));

        assertThatThrownBy(() -> Comparison.of(outOfOrder, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Comparison.of(List.of(), outOfOrder)).isInstanceOf(IllegalArgumentException.class);
    }
}
