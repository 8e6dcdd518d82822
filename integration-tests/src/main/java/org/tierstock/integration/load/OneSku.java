package org.tierstock.integration.load;

import static org.tierstock.integration.load.LayerClient.document;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One SKU in a warehouse of its own, all of which goes to one channel that locks stock when an order is placed. */
public record OneSku(String warehouse, String region, String channel, String sku, String rule) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    /** With codes that end with the name. */
    public static OneSku named(String name) {
        return new OneSku("WH-" + name, "RG-" + name, "CH-" + name, "SKU-" + name, "AR-" + name);
    }

    /** Another SKU of the same warehouse and channel; the rule serves every one. */
    public OneSku sibling(String otherSku) {
        return new OneSku(warehouse, region, channel, otherSku, rule);
    }

    /** Writes the masters of all three layers. */
    public void open(Layers layers) {
        openHouse(layers);
        openSku(layers);
        openShop(layers);
    }

    /** Writes the warehouse and its node, without anything that would sell from it. */
    public void openHouse(Layers layers) {
        LayerClient below = layers.warehouse();
        below.put("/v1/owners/" + Market.OWNER, Map.of("name", Market.OWNER)).orFail();
        below.put("/v1/warehouses/" + warehouse, Map.of("name", warehouse)).orFail();
        below.put("/v1/warehouses/" + warehouse + "/locations/" + Market.LOCATION, Map.of("kind", "STORAGE"))
                .orFail();
        layers.dispatch().put("/v1/regions/" + region, Map.of("name", region)).orFail();
        layers.dispatch()
                .put(
                        "/v1/nodes/" + warehouse,
                        document(
                                "name",
                                warehouse,
                                "kind",
                                "OWN_WAREHOUSE",
                                "warehouse",
                                warehouse,
                                "regions",
                                List.of(region),
                                "priority",
                                1))
                .orFail();
    }

    private void openShop(Layers layers) {
        layers.sales()
                .put(
                        "/v1/channels/" + channel,
                        document(
                                "name",
                                channel,
                                "deductionMode",
                                "ORDER_TIME",
                                "holdSeconds",
                                0,
                                "deliveryMethod",
                                "PARCEL",
                                "shipRegion",
                                region))
                .orFail();
        layers.dispatch()
                .put(
                        "/v1/allotment-rules/" + rule,
                        document(
                                "kind",
                                "RATIO",
                                "priority",
                                1,
                                "nodes",
                                List.of(warehouse),
                                "skus",
                                List.of(),
                                "shares",
                                List.of(document(
                                        "channel",
                                        channel,
                                        "deliveryMethod",
                                        "PARCEL",
                                        "shipRegion",
                                        region,
                                        "weight",
                                        1))))
                .orFail();
    }

    /** Writes the SKU alone. */
    public void openSku(Layers layers) {
        layers.warehouse()
                .put("/v1/skus/" + sku, document("name", sku, "unitsPerCase", 1))
                .orFail();
    }

    /** Receives units under this number; when this returns they are on their way up. */
    public void receive(Layers layers, String number, long units) {
        Map<String, Object> line = Market.place(1, sku);
        line.put("units", units);
        layers.wms()
                .post(
                        "/v1/receipts",
                        document(
                                "receiptNumber",
                                number,
                                "kind",
                                "PURCHASE",
                                "warehouse",
                                warehouse,
                                "lines",
                                List.of(line)))
                .orFail();
    }

    /** An order for units of it. */
    public Map<String, Object> order(String channelOrderNumber, long units) {
        return document(
                "channel",
                channel,
                "channelOrderNumber",
                channelOrderNumber,
                "lines",
                List.of(document("sku", sku, "quantity", units)));
    }

    /** How many units the channel may sell now. */
    public long sellable(LayerClient platform) {
        return platform.get("/v1/availability?channel=" + channel + "&sku=" + sku)
                .orFail()
                .body()
                .at("/items/0/sellable")
                .asLong();
    }

    /**
     * Returns when exactly so many units may be sold.
     *
     * @throws LoadFailure when they may not for a minute
     */
    public void awaitSellable(Layers layers, long units) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long sellable = sellable(layers.platform());
        while (sellable != units) {
            if (System.nanoTime() > deadline) {
                throw new LoadFailure(sellable + " units of " + sku + " can be sold, not " + units);
            }
            LayerClient.sleep(LOOK_AGAIN);
            sellable = sellable(layers.platform());
        }
    }
}
