package org.tierstock.runtime.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortionsTest {
    private static List<List<Integer>> portions(List<Integer> sizes) {
        List<List<Integer>> made = new ArrayList<>();
        Portions<Integer> portions = new Portions<>(size -> size, made::add);
        sizes.forEach(portions::add);
        portions.close();
        return made;
    }

    @Test
    void nothing_is_no_portion() {
        assertThat(portions(List.of())).isEmpty();
    }

    @Test
    void many_small_ones_are_counted() {
        List<Integer> small =
                IntStream.range(0, 2 * Portions.MOST + 1).mapToObj(i -> 1).toList();

        assertThat(portions(small)).extracting(List::size).containsExactly(Portions.MOST, Portions.MOST, 1);
    }

    @Test
    void large_ones_are_fewer_in_a_portion() {
        int half = Portions.MOST_CHARACTERS / 2;

        assertThat(portions(List.of(half, half, 1, half, half)))
                .containsExactly(List.of(half, half), List.of(1, half), List.of(half));
    }

    @Test
    void one_that_is_too_large_for_a_portion_has_one_of_its_own() {
        int large = 2 * Portions.MOST_CHARACTERS;

        assertThat(portions(List.of(1, large, 2))).containsExactly(List.of(1), List.of(large), List.of(2));
    }
}
