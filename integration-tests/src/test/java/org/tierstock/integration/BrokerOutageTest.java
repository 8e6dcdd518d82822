package org.tierstock.integration;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.tierstock.local.LocalPlatform;

/** The broker dies with messages under way to it, and comes back. */
class BrokerOutageTest {
    /** A pause before the next try, and a heartbeat: half of what one lost answer once cost. */
    private static final Duration AT_ONCE = Duration.ofSeconds(15);

    @Test
    void messages_under_way_when_the_broker_dies_arrive_soon_after_it_is_back() throws InterruptedException {
        LocalPlatform platform = RunningPlatform.get();
        Shop shop = Shop.open("outage");
        shop.receiveUnits(shop.warehouse, "A-1", 1);
        shop.awaitSellable(1);

        for (int outage = 1; outage <= 3; outage++) {
            Thread traffic = Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 50; i++) {
                    shop.receiveUnits(shop.warehouse, "A-1", 1);
                }
            });
            platform.kill("broker");
            traffic.join();
            platform.startAgain("broker");
            platform.awaitReady("broker");

            int expected = 1 + 50 * outage;
            await("units received around outage " + outage).atMost(AT_ONCE).until(() -> shop.sellable() == expected);
        }
    }
}
