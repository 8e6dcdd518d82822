package org.tierstock.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tierstock.local.Layer;
import org.tierstock.local.Role;

/** Hundreds of lines that no goods can be found for, and goods for others that come after them. */
class ShortLinesTest {
    /** More than any round of the dispatch layer takes up. */
    private static final int SHORT = 510;

    private static final Duration SOON = Duration.ofSeconds(60);

    private final Rest sales = RunningPlatform.rest(Layer.SALES, Role.CHANNEL);
    private final Rest salesOperator = RunningPlatform.rest(Layer.SALES, Role.OPERATOR);
    private final Rest dispatch = RunningPlatform.rest(Layer.DISPATCH, Role.OPERATOR);

    private final Shop shop = Shop.open("shortlines");
    private final String far = shop.warehouse + "-FAR";
    private final String farRegion = shop.region + "-FAR";
    private final String farChannel = shop.channel + "-FAR";

    @Test
    void five_hundred_and_ten_short_lines_of_one_region_hide_nothing_from_another() {
        openFarRegion();
        shop.receiveUnits(shop.warehouse, "A-1", SHORT);
        shop.awaitSellable(SHORT);
        List<String> orders =
                IntStream.range(0, SHORT).mapToObj(i -> shop.placed(1)).toList();
        orders.forEach(order -> shop.pay(order).ok());
        await("the warehouse's locks").atMost(SOON).until(() -> shop.warehouseBucket("locked") == SHORT);
        shop.count(shop.warehouse, "A-1", 0);
        await("all are short").atMost(SOON).until(() -> shop.dispatchBucket("short") == SHORT);

        shop.receiveUnits(far, "A-1", 100);

        await("goods of the other region are on sale").atMost(SOON).until(() -> farSellable() == 100);

        String order = placeFar(3);
        shop.pay(order).ok();
        shop.awaitLocked(order, 3);
        shop.count(far, "A-1", 0);
        await("the other region's order is short, too")
                .atMost(SOON)
                .until(() -> shop.dispatchLine(order).get("short").asLong() == 3);
        shop.receiveUnits(far, "A-1", 5);
        await("its goods are found again")
                .atMost(SOON)
                .until(() -> shop.dispatchLine(order).get("short").asLong() == 0);
        shop.awaitLocked(order, 3);
        await("what is left is on sale").atMost(SOON).until(() -> farSellable() == 2);
        assertThat(shop.dispatchBucket("short"))
                .as("the lines of the first region wait on")
                .isEqualTo(SHORT);
    }

    /** Another warehouse that serves another region only, whose channel has the same part of everything. */
    private void openFarRegion() {
        shop.addWarehouse(far, 2, 1);
        dispatch.put("/v1/regions/" + farRegion, Map.of("name", farRegion)).ok();
        dispatch.put(
                        "/v1/nodes/" + far,
                        Map.of(
                                "name",
                                far,
                                "kind",
                                "OWN_WAREHOUSE",
                                "warehouse",
                                far,
                                "regions",
                                List.of(farRegion),
                                "priority",
                                2))
                .ok();
        salesOperator
                .put(
                        "/v1/channels/" + farChannel,
                        Map.of(
                                "name",
                                farChannel,
                                "deductionMode",
                                "ORDER_TIME",
                                "holdSeconds",
                                0,
                                "deliveryMethod",
                                "PARCEL",
                                "shipRegion",
                                farRegion))
                .ok();
        dispatch.put(
                        "/v1/allotment-rules/AR-" + shop.name,
                        Map.of(
                                "kind",
                                "RATIO",
                                "priority",
                                1,
                                "nodes",
                                List.of(shop.warehouse, far),
                                "skus",
                                List.of(),
                                "shares",
                                List.of(share(shop.channel, shop.region), share(farChannel, farRegion))))
                .ok();
    }

    private static Map<String, Object> share(String channel, String region) {
        return Map.of("channel", channel, "deliveryMethod", "PARCEL", "shipRegion", region, "weight", 1);
    }

    private long farSellable() {
        return sales.get("/v1/availability?channel=" + farChannel + "&sku=" + shop.sku)
                .ok()
                .body()
                .get("items")
                .get(0)
                .get("sellable")
                .asLong();
    }

    private String placeFar(long units) {
        return sales.post(
                        "/v1/orders",
                        Map.of(
                                "channel",
                                farChannel,
                                "channelOrderNumber",
                                "FAR",
                                "lines",
                                List.of(Map.of("sku", shop.sku, "quantity", units))))
                .ok()
                .body()
                .get("orderNumber")
                .asText();
    }
}
