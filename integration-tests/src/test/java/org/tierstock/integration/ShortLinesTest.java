package org.tierstock.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tierstock.local.Layer;
import org.tierstock.local.Role;

/** Hundreds of lines that no goods can be found for, and goods for others that come after them. */
class ShortLinesTest {
    /** More than any round of the dispatch layer takes up. */
    private static final int SHORT = 510;

    private static final Duration SOON = Duration.ofSeconds(60);

    private final Rest dispatch = RunningPlatform.rest(Layer.DISPATCH, Role.OPERATOR);
    private final Shop shop = Shop.open("shortlines");
    private final Shop.Elsewhere far = shop.addElsewhere();

    @Test
    void five_hundred_and_ten_short_lines_of_one_region_hide_nothing_from_another() {
        shop.receiveUnits(shop.warehouse, "A-1", SHORT);
        shop.awaitSellable(SHORT);
        List<String> orders =
                IntStream.range(0, SHORT).mapToObj(i -> shop.placed(1)).toList();
        orders.forEach(order -> shop.pay(order).ok());
        await("the warehouse's locks").atMost(SOON).until(() -> shop.warehouseBucket("locked") == SHORT);
        shop.count(shop.warehouse, "A-1", 0);
        await("all are short").atMost(SOON).until(() -> shortLines() == SHORT);

        shop.receiveUnits(far.warehouse(), "A-1", 100);

        await("goods of the other region are on sale").atMost(SOON).until(() -> shop.sellableAt(far.channel()) == 100);

        String order =
                shop.placeAt(far.channel(), 3).ok().body().get("orderNumber").asText();
        shop.pay(order).ok();
        shop.awaitLocked(order, 3);
        shop.count(far.warehouse(), "A-1", 0);
        await("the other region's order is short, too")
                .atMost(SOON)
                .until(() -> shop.dispatchLine(order).get("short").asLong() == 3);
        shop.receiveUnits(far.warehouse(), "A-1", 5);
        await("its goods are found again")
                .atMost(SOON)
                .until(() -> shop.dispatchLine(order).get("short").asLong() == 0);
        shop.awaitLocked(order, 3);
        await("what is left is on sale").atMost(SOON).until(() -> shop.sellableAt(far.channel()) == 2);
        assertThat(shortLines()).as("the lines of the first region wait on").isEqualTo(SHORT);
    }

    private int shortLines() {
        return dispatch.get("/v1/shortages?limit=1000&sku=" + shop.sku)
                .ok()
                .body()
                .get("items")
                .size();
    }
}
