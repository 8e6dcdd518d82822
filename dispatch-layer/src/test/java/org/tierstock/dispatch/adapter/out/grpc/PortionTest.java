package org.tierstock.dispatch.adapter.out.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortionTest {
    private static final List<String> WAREHOUSES =
            IntStream.range(0, 3_000).mapToObj("W%04d"::formatted).toList();

    @Test
    void three_thousand_warehouses_are_compared_by_six_calls() {
        assertThat(Portion.of(WAREHOUSES)).hasSize(3);
        assertThat(Portion.of(WAREHOUSES).stream().flatMap(List::stream)).containsExactlyElementsOf(WAREHOUSES);
        assertThat(Portion.of(WAREHOUSES, Map.of())).hasSize(3);
    }

    @Test
    void no_call_has_more_outbounds_than_are_held_at_a_time_but_of_a_warehouse_that_is_read_by_number() {
        Map<String, Long> unfinished = new HashMap<>();
        WAREHOUSES.forEach(warehouse -> unfinished.put(warehouse, 7L));
        unfinished.put("W0005", 1_000_000L);

        List<Portion> portions = Portion.of(WAREHOUSES, unfinished);

        assertThat(portions.stream().flatMap(portion -> portion.warehouses().stream()))
                .containsExactlyElementsOf(WAREHOUSES);
        assertThat(portions)
                .allSatisfy(portion -> assertThat(portion.warehouses().size() == 1
                                || portion.warehouses().stream()
                                                .mapToLong(unfinished::get)
                                                .sum()
                                        <= Portion.MOST_OUTBOUNDS)
                        .isTrue());
        assertThat(portions).hasSizeLessThan(30);
        assertThat(portions).contains(new Portion(List.of("W0005"), 0));
    }

    @Test
    void what_is_read_by_number_goes_on_behind_the_last_one_until_the_end() {
        Portion many = new Portion(List.of("W1"), 0);

        assertThat(many.most()).isEqualTo(Portion.MOST_OUTBOUNDS);
        assertThat(many.behind(1_234)).isEqualTo(new Portion(List.of("W1"), 1_234));
        assertThat(many.behind(Portion.THE_END)).isNull();
    }
}
