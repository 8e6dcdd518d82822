package org.tierstock.integration;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.tierstock.local.Layer;
import org.tierstock.local.Role;

/**
 * A small shop of a test's own: a warehouse that is a node, a region it serves, a channel, one SKU, and a rule that gives
 * the channel everything. Its codes occur in no other test.
 */
final class Shop {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Duration SOON = Duration.ofSeconds(30);

    final String name;
    final String warehouse;
    final String region;
    final String channel;
    final String sku;

    private final Rest sales = RunningPlatform.rest(Layer.SALES, Role.CHANNEL);
    private final Rest salesOperator = RunningPlatform.rest(Layer.SALES, Role.OPERATOR);
    private final Rest dispatch = RunningPlatform.rest(Layer.DISPATCH, Role.OPERATOR);
    private final Rest warehouseOperator = RunningPlatform.rest(Layer.WAREHOUSE, Role.OPERATOR);
    private final Rest wms = RunningPlatform.rest(Layer.WAREHOUSE, Role.WMS);
    private final AtomicInteger documents = new AtomicInteger();
    /** The region that each ships to, by its code. */
    private final Map<String, String> channels = new LinkedHashMap<>();

    private Shop(String name) {
        this.name = name + COUNT.incrementAndGet();
        this.warehouse = "WH-" + this.name;
        this.region = "RG-" + this.name;
        this.channel = "CH-" + this.name;
        this.sku = "SKU-" + this.name;
    }

    /** Opens a shop whose channel deducts in that mode; its SKU comes in cases of so many units. */
    static Shop open(String name, String deductionMode, long holdSeconds, int unitsPerCase) {
        Shop shop = new Shop(name);
        shop.addWarehouse(shop.warehouse, 1, unitsPerCase);
        shop.putChannel(shop.channel, shop.region, deductionMode, holdSeconds);
        shop.share(shop.warehouse);
        return shop;
    }

    static Shop open(String name) {
        return open(name, "ORDER_TIME", 0, 1);
    }

    private void putChannel(String code, String shipRegion, String deductionMode, long holdSeconds) {
        salesOperator
                .put(
                        "/v1/channels/" + code,
                        Map.of(
                                "name", code,
                                "deductionMode", deductionMode,
                                "holdSeconds", holdSeconds,
                                "deliveryMethod", "PARCEL",
                                "shipRegion", shipRegion))
                .ok();
        channels.put(code, shipRegion);
    }

    /** Another channel, which has an equal part of what the shop's warehouse receives from now on. */
    String addChannel() {
        String code = channel + '-' + channels.size();
        putChannel(code, region, "ORDER_TIME", 0);
        share(warehouse);
        return code;
    }

    /**
     * A channel of another region, which another warehouse serves and no other: it has an equal part of what that one receives
     * from now on.
     */
    Elsewhere addElsewhere() {
        Elsewhere elsewhere = new Elsewhere(warehouse + "-FAR", region + "-FAR", channel + "-FAR");
        addWarehouse(elsewhere.warehouse(), 2, 1);
        serve(elsewhere.warehouse(), elsewhere.region(), 2);
        putChannel(elsewhere.channel(), elsewhere.region(), "ORDER_TIME", 0);
        share(warehouse, elsewhere.warehouse());
        return elsewhere;
    }

    /** Another region, the warehouse that serves it, and the channel that ships there. */
    record Elsewhere(String warehouse, String region, String channel) {}

    /** Another warehouse and node, served after those of a lower priority number. */
    void addWarehouse(String code, int priority, int unitsPerCase) {
        warehouseOperator.put("/v1/owners/ACME", Map.of("name", "Acme")).ok();
        warehouseOperator
                .put("/v1/skus/" + sku, Map.of("name", sku, "unitsPerCase", unitsPerCase))
                .ok();
        warehouseOperator.put("/v1/warehouses/" + code, Map.of("name", code)).ok();
        for (String location : List.of("A-1", "A-2")) {
            warehouseOperator
                    .put("/v1/warehouses/" + code + "/locations/" + location, Map.of("kind", "STORAGE"))
                    .ok();
        }
        serve(code, region, priority);
    }

    /** Has a warehouse's node serve a region and no other. */
    void serve(String node, String served, int priority) {
        dispatch.put("/v1/regions/" + served, Map.of("name", served)).ok();
        dispatch.put(
                        "/v1/nodes/" + node,
                        Map.of(
                                "name", node,
                                "kind", "OWN_WAREHOUSE",
                                "warehouse", node,
                                "regions", List.of(served),
                                "priority", priority))
                .ok();
    }

    /** Gives the channels all free stock of these nodes. */
    void share(String... nodes) {
        dispatch.put(
                        "/v1/allotment-rules/AR-" + name,
                        Map.of(
                                "kind", "RATIO",
                                "priority", 1,
                                "nodes", List.of(nodes),
                                "skus", List.of(),
                                "shares",
                                        channels.entrySet().stream()
                                                .map(each -> Map.of(
                                                        "channel",
                                                        each.getKey(),
                                                        "deliveryMethod",
                                                        "PARCEL",
                                                        "shipRegion",
                                                        each.getValue(),
                                                        "weight",
                                                        1))
                                                .toList()))
                .ok();
    }

    private String number(String kind) {
        return kind + '-' + name + '-' + documents.incrementAndGet();
    }

    /** Receives cases of the SKU into a location. */
    void receiveCases(long cases) {
        receive(warehouse, "A-1", Map.of("cases", cases));
    }

    /** Receives units of the SKU. */
    void receiveUnits(String into, String location, long units) {
        receive(into, location, Map.of("units", units));
    }

    private void receive(String into, String location, Map<String, Object> quantity) {
        Map<String, Object> line = new LinkedHashMap<>(Map.of(
                "line",
                1,
                "sku",
                sku,
                "owner",
                "ACME",
                "virtualWarehouse",
                "MAIN",
                "batch",
                "B1",
                "location",
                location));
        line.putAll(quantity);
        wms.post(
                        "/v1/receipts",
                        Map.of(
                                "receiptNumber",
                                number("RC"),
                                "kind",
                                "PURCHASE",
                                "warehouse",
                                into,
                                "lines",
                                List.of(line)))
                .ok();
    }

    /** Counts a location and reports what is there. */
    Rest.Answer count(String in, String location, long counted) {
        return wms.post(
                        "/v1/stocktakes",
                        Map.of(
                                "stocktakeNumber", number("ST"),
                                "warehouse", in,
                                "lines",
                                        List.of(Map.of(
                                                "line",
                                                1,
                                                "sku",
                                                sku,
                                                "owner",
                                                "ACME",
                                                "virtualWarehouse",
                                                "MAIN",
                                                "batch",
                                                "B1",
                                                "location",
                                                location,
                                                "counted",
                                                counted))))
                .ok();
    }

    /** Asks for units of the SKU under a new order number. */
    Rest.Answer place(long units) {
        return place(number("O"), units);
    }

    Rest.Answer place(String channelOrderNumber, long units) {
        return sales.post("/v1/orders", order(channel, channelOrderNumber, units));
    }

    /** Asks for units of the SKU at another channel. */
    Rest.Answer placeAt(String otherChannel, long units) {
        return sales.post("/v1/orders", order(otherChannel, number("O"), units));
    }

    Map<String, Object> order(String channelOrderNumber, long units) {
        return order(channel, channelOrderNumber, units);
    }

    private Map<String, Object> order(String from, String channelOrderNumber, long units) {
        return Map.of(
                "channel", from,
                "channelOrderNumber", channelOrderNumber,
                "lines", List.of(Map.of("sku", sku, "quantity", units)));
    }

    /** Places an order that must be accepted and answers its number. */
    String placed(long units) {
        return place(units).ok().body().get("orderNumber").asText();
    }

    Rest.Answer pay(String orderNumber) {
        return sales.post(
                "/v1/orders/" + orderNumber + "/payment",
                Map.of("paymentNumber", "PAY-" + orderNumber.replace(':', '-')));
    }

    Rest.Answer cancel(String orderNumber) {
        return sales.post(
                "/v1/orders/" + orderNumber + "/cancellation",
                Map.of("cancellationNumber", number("CX"), "reasonCode", "BUYER"));
    }

    Rest.Answer cancel(String orderNumber, long units) {
        return sales.post(
                "/v1/orders/" + orderNumber + "/cancellation",
                Map.of(
                        "cancellationNumber",
                        number("CX"),
                        "reasonCode",
                        "BUYER",
                        "lines",
                        List.of(Map.of("line", 1, "quantity", units))));
    }

    JsonNode order(String orderNumber) {
        return sales.get("/v1/orders/" + orderNumber).ok().body();
    }

    long sellable() {
        return sellableAt(channel);
    }

    /** What another channel may sell of the SKU. */
    long sellableAt(String otherChannel) {
        JsonNode items = sales.get("/v1/availability?channel=" + otherChannel + "&sku=" + sku)
                .ok()
                .body()
                .get("items");
        return items.get(0).get("sellable").asLong();
    }

    /** Waits until so many units may be sold. */
    void awaitSellable(long units) {
        await("sellable units of " + sku).atMost(SOON).until(this::sellable, sellable -> sellable == units);
    }

    /** A bucket of the channel's key at the sales layer. */
    long salesBucket(String bucket) {
        return sum(salesOperator.get("/v1/stock?sku=" + sku).ok().body(), bucket);
    }

    /** A bucket over all of the SKU's rows at the dispatch layer. */
    long dispatchBucket(String bucket) {
        return sum(dispatch.get("/v1/stock?view=total&sku=" + sku).ok().body(), bucket);
    }

    /** A bucket over all of the SKU's rows at the warehouse layer. */
    long warehouseBucket(String bucket) {
        return sum(warehouseOperator.get("/v1/stock?sku=" + sku).ok().body(), bucket);
    }

    /** Available, locked and unavailable units of the SKU at the warehouses. */
    List<Long> warehouseStock() {
        return List.of(warehouseBucket("available"), warehouseBucket("locked"), warehouseBucket("unavailable"));
    }

    private static long sum(JsonNode page, String field) {
        long sum = 0;
        for (JsonNode row : page.get("items")) {
            sum += row.get(field).asLong();
        }
        return sum;
    }

    /** The order's outbound orders at the warehouses. */
    List<JsonNode> outbounds(String orderNumber) {
        List<JsonNode> found = new ArrayList<>();
        wms.get("/v1/outbound-orders?order=" + orderNumber)
                .ok()
                .body()
                .get("items")
                .forEach(found::add);
        return found;
    }

    /** Waits until so many units of the order are locked at warehouses, and answers its outbound orders. */
    List<JsonNode> awaitLocked(String orderNumber, long units) {
        await("locks of " + orderNumber)
                .atMost(SOON)
                .until(() -> outbounds(orderNumber).stream()
                                .mapToLong(o -> o.get("locked").asLong())
                                .sum()
                        == units);
        return outbounds(orderNumber);
    }

    Rest.Answer pick(String outbound, String location, long asked, long found) {
        return wms.post(
                "/v1/outbound-orders/" + outbound + "/picks",
                Map.of(
                        "pickNumber",
                        number("PK"),
                        "lines",
                        List.of(Map.of("location", location, "batch", "B1", "asked", asked, "found", found))));
    }

    /** Ships units of an outbound order. */
    Rest.Answer ship(String outbound, long units) {
        return wms.post(
                "/v1/outbound-orders/" + outbound + "/shipment",
                Map.of("shipmentNumber", number("SH"), "quantity", units));
    }

    /** Ships everything that is locked for the order. */
    void shipAll(String orderNumber, long units) {
        for (JsonNode outbound : awaitLocked(orderNumber, units)) {
            if (outbound.get("locked").asLong() > 0) {
                ship(outbound.get("outbound").asText(), outbound.get("locked").asLong())
                        .ok();
            }
        }
    }

    /** What the dispatch layer says of the order's first line. */
    JsonNode dispatchLine(String orderNumber) {
        JsonNode order = dispatch.get("/v1/dispatch-orders/" + orderNumber).ok().body();
        return order.get("lines").get(0);
    }
}
