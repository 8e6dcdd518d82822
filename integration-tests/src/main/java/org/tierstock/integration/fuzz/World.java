package org.tierstock.integration.fuzz;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tierstock.integration.load.LayerClient;
import org.tierstock.integration.load.Layers;
import org.tierstock.integration.load.OneSku;

/** Masters, stock and orders that bad input may name, and a key of its own that must still work at the end. */
final class World {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_AGAIN_MILLIS = 100;
    private static final long OPENING_UNITS = 4_000;

    /** What is placed and what is paid before the first input, for inputs to pay, cancel, pick and ship. */
    private static final int PLACED = 100;

    private static final int PAID = 60;

    /** More than a campaign of some ten thousand inputs ships or cancels of one order, a unit or a few each. */
    private static final int ORDERED_UNITS = 20;

    private static final long FIXED_UNITS = 10;

    private static final String STAGING = "STAGE";
    private static final String GRANT_HOUSE = "WH-FUZZ-GRANT";

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
        layers.warehouse()
                .put("/v1/warehouses/" + shop.warehouse() + "/locations/" + STAGING, Map.of("kind", "STAGING"))
                .orFail();
        shop.receive(layers, "OPEN-1", OPENING_UNITS);
        shop.awaitSellable(layers, OPENING_UNITS);
        stockToGrant();
        LayerClient sales = layers.platform();
        List<String> placed = orders(sales, "PLACED-", PLACED);
        List<String> paid = orders(sales, "PAID-", PAID);
        IntStream.range(0, PAID)
                .forEach(i -> sales.post(
                                "/v1/orders/" + encoded(paid.get(i)) + "/payment", Map.of("paymentNumber", "PAID-" + i))
                        .orFail());
        vocabulary =
                vocabulary(placed, paid, paid.stream().map(this::outboundOf).toList());
        checkCanary();
    }

    /**
     * Goods of the shop's SKU in a house that a rule of the shop names, so that they may be granted to it, but takes nothing of: the
     * shop has more than the fixed quantity already.
     */
    private void stockToGrant() {
        OneSku house = new OneSku(GRANT_HOUSE, shop.region(), shop.channel(), shop.sku(), shop.rule());
        house.openHouse(layers);
        layers.dispatch()
                .put(
                        "/v1/allotment-rules/AR-FUZZ-GRANT",
                        Map.of(
                                "kind",
                                "FIXED",
                                "priority",
                                1,
                                "nodes",
                                List.of(house.warehouse()),
                                "skus",
                                List.of(),
                                "shares",
                                List.of(Map.of(
                                        "channel",
                                        shop.channel(),
                                        "deliveryMethod",
                                        "PARCEL",
                                        "shipRegion",
                                        shop.region(),
                                        "quantity",
                                        FIXED_UNITS))))
                .orFail();
        house.receive(layers, "OPEN-GRANT", OPENING_UNITS);
    }

    private List<String> orders(LayerClient sales, String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> order(sales, prefix + i)).toList();
    }

    private String order(LayerClient sales, String number) {
        return sales.post("/v1/orders", shop.order(number, ORDERED_UNITS))
                .orFail()
                .body()
                .get("orderNumber")
                .asText();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private String outboundOf(String order) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            for (var outbound : layers.wms()
                    .get("/v1/outbound-orders?order=" + encoded(order))
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

    private Vocabulary vocabulary(List<String> placed, List<String> paid, List<String> outbounds) {
        List<String> orders = Stream.concat(placed.stream(), paid.stream()).toList();
        Map<String, List<String>> texts = Map.ofEntries(
                Map.entry("channel", List.of(shop.channel())),
                Map.entry("sku", List.of(shop.sku())),
                Map.entry("skus", List.of(shop.sku())),
                Map.entry("warehouse", List.of(shop.warehouse())),
                Map.entry("node", List.of(shop.warehouse(), GRANT_HOUSE, GRANT_HOUSE)),
                Map.entry("nodes", List.of(shop.warehouse())),
                Map.entry("region", List.of(shop.region())),
                Map.entry("regions", List.of(shop.region())),
                Map.entry("shipRegion", List.of(shop.region())),
                Map.entry("owner", List.of("ACME")),
                Map.entry("virtualWarehouse", List.of("MAIN")),
                // What stands here more than once is meant more often: a grant names two qualities, which must be the
                // same.
                Map.entry("quality", List.of("NORMAL", "NORMAL", "NORMAL", "DEFECTIVE")),
                Map.entry("deliveryMethod", List.of("PARCEL")),
                // B1 is there without a day on which it expires.
                Map.entry("batch", List.of("B1", "B2")),
                Map.entry("location", List.of("A-1")),
                Map.entry("view", List.of("node", "region", "total")),
                Map.entry("state", List.of("PLACED", "OPEN")),
                Map.entry("pool", List.of("REGULAR")),
                Map.entry("order", orders),
                Map.entry("orderNumber", orders),
                Map.entry("outbound", outbounds),
                Map.entry("outbounds", outbounds),
                Map.entry("staging", List.of(STAGING)),
                Map.entry("expiresOn", List.of("2099-12-31")),
                Map.entry("layer", Peerage.LAYERS),
                Map.entry("stockSource", List.of(shop.channel())),
                Map.entry("type", List.of("HandOver")),
                Map.entry("payload", List.of(handOver())),
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

    /** What a hand-over that is brought as it stands in the outbox says when nothing is wrong with it. */
    private String handOver() {
        return """
                {"order":"%1$s:OPAQUE","orderLine":1,"key":{"channel":"%1$s","deliveryMethod":"PARCEL","quality":"NORMAL",\
                "shipRegion":"%2$s","sku":"%3$s"},"quantity":1,"shipRegion":"%2$s","deliveryMethod":"PARCEL",\
                "addressReference":"","traceParent":"","sheet":""}""".formatted(shop.channel(), shop.region(), shop.sku());
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
