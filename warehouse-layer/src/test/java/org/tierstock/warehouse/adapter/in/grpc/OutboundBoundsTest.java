package org.tierstock.warehouse.adapter.in.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Numbers of outbounds that dispatch can have come to, and others. */
class OutboundBoundsTest {
    private static final long MOST_AHEAD = 1_000;

    private final Map<String, Long> come = new HashMap<>();
    private int read;
    private final OutboundBounds bounds = new OutboundBounds(
            warehouse -> {
                read++;
                return come.getOrDefault(warehouse, 0L);
            },
            MOST_AHEAD);

    @Test
    void a_number_far_beyond_all_that_have_come_of_its_warehouse_is_not_believed() {
        come.put("WH1", 5_000L);

        assertThat(bounds.doubt("WH1", 5_000 + MOST_AHEAD)).isEmpty();
        assertThat(bounds.doubt("WH1", 5_001 + MOST_AHEAD)).isPresent();
        assertThat(bounds.doubt("WH1", Long.MAX_VALUE)).isPresent();
        assertThat(bounds.doubt("WH2", 1 + MOST_AHEAD)).isPresent();
    }

    @Test
    void what_was_read_once_is_read_again_only_for_what_it_does_not_cover() {
        come.put("WH1", 5_000L);
        for (long number = 5_001; number <= 5_000 + MOST_AHEAD; number++) {
            assertThat(bounds.doubt("WH1", number)).isEmpty();
        }
        assertThat(read).isEqualTo(1);

        come.put("WH1", 6_000L);
        assertThat(bounds.doubt("WH1", 6_001)).isEmpty();
        assertThat(read).isEqualTo(2);
    }
}
