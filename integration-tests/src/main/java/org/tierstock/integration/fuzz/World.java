package org.tierstock.integration.fuzz;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.tierstock.integration.load.LayerClient;
import org.tierstock.integration.load.Layers;
import org.tierstock.integration.load.OneSku;

/** Masters, stock and orders that bad input may name, and a key of its own that must still work at the end. */
final class World {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_AGAIN_MILLIS = 100;
    private static final long OPENING_UNITS = 1_000;

    private final Layers layers;
    private final OneSku shop = OneSku.named("FUZZ");
    private final OneSku canary = OneSku.named("CANARY");
    private Vocabulary vocabulary;
    private long received;

    World(Layers layers) {
        this.layers = layers;
    }

    /** Opens both shops and lets one sell a little, so that there are documents to name. */
    void open() {
        shop.open(layers);
        canary.open(layers);
        shop.receive(layers, "OPEN-1", OPENING_UNITS);
        shop.awaitSellable(layers, OPENING_UNITS);
        LayerClient sales = layers.platform();
        String placed = order(sales, "OPEN-1");
        String paid = order(sales, "OPEN-2");
        sales.post("/v1/orders/" + paid + "/payment", Map.of("paymentNumber", "OPEN-2"))
                .orFail();
        vocabulary = vocabulary(placed, paid, outboundOf(paid));
        checkCanary();
    }

    private String order(LayerClient sales, String number) {
        return sales.post("/v1/orders", shop.order(number, 5))
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
        canary.receive(layers, "CANARY-" + received, 1);
        canary.awaitSellable(layers, received);
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
                Map.entry("layer", Peerage.LAYERS),
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
