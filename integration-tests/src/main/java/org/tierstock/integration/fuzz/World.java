package org.tierstock.integration.fuzz;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.tierstock.integration.load.LayerClient;
import org.tierstock.integration.load.Layers;

/** Masters, stock and orders that bad input may name, and a key of its own that must still work at the end. */
final class World {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_AGAIN_MILLIS = 100;
    private static final long OPENING_UNITS = 1_000;

    private final Layers layers;
    private final Shop shop = new Shop("FUZZ");
    private final Shop canary = new Shop("CANARY");
    private Vocabulary vocabulary;
    private long received;

    /** A warehouse that is a node, its region, a channel that gets all of it, and one SKU. */
    private record Shop(String warehouse, String region, String channel, String sku, String rule) {
        Shop(String name) {
            this("WH-" + name, "RG-" + name, "CH-" + name, "SKU-" + name, "AR-" + name);
        }
    }

    World(Layers layers) {
        this.layers = layers;
    }

    /** Opens both shops and lets one sell a little, so that there are documents to name. */
    void open() {
        layers.warehouse().put("/v1/owners/ACME", Map.of("name", "Acme")).orFail();
        open(shop);
        open(canary);
        receive(shop, "OPEN-1", OPENING_UNITS);
        await(shop, OPENING_UNITS);
        LayerClient sales = layers.platform();
        String placed = order(sales, "OPEN-1");
        String paid = order(sales, "OPEN-2");
        sales.post("/v1/orders/" + paid + "/payment", Map.of("paymentNumber", "OPEN-2"))
                .orFail();
        vocabulary = vocabulary(placed, paid, outboundOf(paid));
        checkCanary();
    }

    private void open(Shop opened) {
        LayerClient warehouse = layers.warehouse();
        warehouse
                .put("/v1/skus/" + opened.sku(), Map.of("name", opened.sku(), "unitsPerCase", 1))
                .orFail();
        warehouse
                .put("/v1/warehouses/" + opened.warehouse(), Map.of("name", opened.warehouse()))
                .orFail();
        warehouse
                .put("/v1/warehouses/" + opened.warehouse() + "/locations/A-1", Map.of("kind", "STORAGE"))
                .orFail();
        LayerClient dispatch = layers.dispatch();
        dispatch.put("/v1/regions/" + opened.region(), Map.of("name", opened.region()))
                .orFail();
        dispatch.put(
                        "/v1/nodes/" + opened.warehouse(),
                        Map.of(
                                "name",
                                opened.warehouse(),
                                "kind",
                                "OWN_WAREHOUSE",
                                "warehouse",
                                opened.warehouse(),
                                "regions",
                                List.of(opened.region()),
                                "priority",
                                1))
                .orFail();
        layers.sales()
                .put(
                        "/v1/channels/" + opened.channel(),
                        Map.of(
                                "name",
                                opened.channel(),
                                "deductionMode",
                                "ORDER_TIME",
                                "holdSeconds",
                                0,
                                "deliveryMethod",
                                "PARCEL",
                                "shipRegion",
                                opened.region()))
                .orFail();
        Map<String, Object> share = Map.of(
                "channel", opened.channel(), "deliveryMethod", "PARCEL", "shipRegion", opened.region(), "weight", 1);
        dispatch.put(
                        "/v1/allotment-rules/" + opened.rule(),
                        Map.of(
                                "kind",
                                "RATIO",
                                "priority",
                                1,
                                "nodes",
                                List.of(opened.warehouse()),
                                "skus",
                                List.of(opened.sku()),
                                "shares",
                                List.of(share)))
                .orFail();
    }

    private void receive(Shop into, String number, long units) {
        Map<String, Object> line = Map.of(
                "line",
                1,
                "sku",
                into.sku(),
                "owner",
                "ACME",
                "virtualWarehouse",
                "MAIN",
                "batch",
                "B1",
                "location",
                "A-1",
                "units",
                units);
        layers.wms()
                .post(
                        "/v1/receipts",
                        Map.of(
                                "receiptNumber",
                                number,
                                "kind",
                                "PURCHASE",
                                "warehouse",
                                into.warehouse(),
                                "lines",
                                List.of(line)))
                .orFail();
    }

    private String order(LayerClient sales, String number) {
        return sales.post(
                        "/v1/orders",
                        Map.of(
                                "channel",
                                shop.channel(),
                                "channelOrderNumber",
                                number,
                                "lines",
                                List.of(Map.of("sku", shop.sku(), "quantity", 5))))
                .orFail()
                .body()
                .get("orderNumber")
                .asText();
    }

    private String outboundOf(String order) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            for (var outbound : layers.wms()
                    .get("/v1/outbound-orders?order=" + order)
                    .orFail()
                    .body()
                    .get("items")) {
                return outbound.get("outbound").asText();
            }
            pause();
        }
        throw new FuzzFailure("Order " + order + " does not reach its warehouse");
    }

    /** Goods received now can be sold soon, whatever poison lies in the queues. */
    void checkCanary() {
        received++;
        receive(canary, "CANARY-" + received, 1);
        await(canary, received);
    }

    private void await(Shop at, long units) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long sellable = 0;
        while (System.nanoTime() < deadline) {
            sellable = layers.platform()
                    .get("/v1/availability?channel=" + at.channel() + "&sku=" + at.sku())
                    .orFail()
                    .body()
                    .at("/items/0/sellable")
                    .asLong();
            if (sellable == units) {
                return;
            }
            pause();
        }
        throw new FuzzFailure(sellable + " units of " + at.sku() + " can be sold, not " + units);
    }

    /** What the shop's documents and masters are called. */
    Vocabulary vocabulary() {
        return vocabulary;
    }

    private Vocabulary vocabulary(String placed, String paid, String outbound) {
        Map<String, List<String>> texts = Map.ofEntries(
                Map.entry("channel", List.of(shop.channel())),
                Map.entry("sku", List.of(shop.sku())),
                Map.entry("skus", List.of(shop.sku())),
                Map.entry("warehouse", List.of(shop.warehouse())),
                Map.entry("node", List.of(shop.warehouse())),
                Map.entry("nodes", List.of(shop.warehouse())),
                Map.entry("region", List.of(shop.region())),
                Map.entry("regions", List.of(shop.region())),
                Map.entry("shipRegion", List.of(shop.region())),
                Map.entry("owner", List.of("ACME")),
                Map.entry("virtualWarehouse", List.of("MAIN")),
                Map.entry("quality", List.of("NORMAL", "DEFECTIVE")),
                Map.entry("deliveryMethod", List.of("PARCEL")),
                Map.entry("batch", List.of("B1")),
                Map.entry("location", List.of("A-1")),
                Map.entry("view", List.of("node", "region", "total")),
                Map.entry("state", List.of("PLACED", "OPEN")),
                Map.entry("pool", List.of("REGULAR")),
                Map.entry("order", List.of(placed, paid)),
                Map.entry("orderNumber", List.of(placed, paid)),
                Map.entry("outbound", List.of(outbound)),
                Map.entry("outbounds", List.of(outbound)),
                Map.entry("stockSource", List.of(shop.channel())),
                Map.entry("stream", List.of("S>D", "D>S", "W>D:" + shop.warehouse())));
        Map<String, String> entities = Map.of(
                "channels",
                shop.channel(),
                "regions",
                shop.region(),
                "nodes",
                shop.warehouse(),
                "warehouses",
                shop.warehouse(),
                "skus",
                shop.sku(),
                "owners",
                "ACME",
                "locations",
                "A-1",
                "allotment-rules",
                shop.rule());
        return new Vocabulary(texts, entities);
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_AGAIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FuzzFailure("interrupted", e);
        }
    }
}
