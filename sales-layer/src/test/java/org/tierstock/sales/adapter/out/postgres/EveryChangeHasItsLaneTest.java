package org.tierstock.sales.adapter.out.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tierstock.testing.Entrances;

/** Whatever changes something at the sales layer waits in a lane, and takes no connection beside those of the lanes. */
class EveryChangeHasItsLaneTest {
    @Test
    void no_request_posts_outside_of_the_lanes() {
        assertThat(Entrances.postingWithoutLane(PostgresOrders.class)).isEmpty();
    }
}
