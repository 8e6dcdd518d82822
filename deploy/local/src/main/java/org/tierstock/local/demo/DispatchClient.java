package org.tierstock.local.demo;

import static org.tierstock.local.demo.Api.encoded;
import static org.tierstock.local.demo.Api.required;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** An operator's view of the dispatch layer. */
final class DispatchClient {
    /** A line that dispatch has been handed, in units. */
    record LineSeen(
            String order,
            int line,
            String sku,
            long quantity,
            long allocated,
            long shipped,
            long shortUnits,
            long cancelled) {}

    record ShortLine(String order, int line, long units) {}

    /** S = I - O - U - L + V - T of one SKU, with its terms, in units. */
    record Explanation(
            String sku,
            long sellable,
            long onHand,
            long ordered,
            long unsellable,
            long held,
            long virtual,
            long transfer) {
        /** What the terms come to. */
        long computed() {
            return onHand - ordered - unsellable - held + virtual - transfer;
        }
    }

    private record RegionBody(String name) {}

    private record NodeBody(String name, String kind, String warehouse, List<String> regions, int priority) {}

    private record RuleBody(String kind, int priority, List<String> nodes, List<String> skus, List<ShareBody> shares) {}

    private record ShareBody(String channel, String deliveryMethod, String shipRegion, int weight) {}

    private static final List<String> BUCKETS = List.of(
            "free", "allotted", "allocated", "transferLocked", "held", "unsellable", "deficit", "unsellableDeficit");

    private final Api operator;

    DispatchClient(Api operator) {
        this.operator = operator;
    }

    void open(Market.Region region) {
        operator.put("/v1/regions/" + region.code(), new RegionBody(region.name()));
    }

    void open(Market.Node node) {
        operator.put(
                "/v1/nodes/" + node.code(),
                new NodeBody(node.name(), node.kind().name(), node.code(), node.regions(), node.priority()));
    }

    void agree(Market.AllotmentRule rule) {
        operator.put(
                "/v1/allotment-rules/" + rule.code(),
                new RuleBody(
                        "RATIO",
                        rule.priority(),
                        rule.nodes(),
                        List.of(),
                        rule.shares().stream()
                                .map(s -> new ShareBody(
                                        s.stockSource(), Market.DELIVERY_METHOD, s.shipRegion(), s.weight()))
                                .toList()));
    }

    void eachLine(Consumer<LineSeen> each) {
        operator.eachOf("/v1/dispatch-orders", order -> {
            for (JsonNode line : required(order, "lines")) {
                each.accept(new LineSeen(
                        required(order, "order").asText(),
                        required(line, "line").asInt(),
                        required(line, "sku").asText(),
                        required(line, "quantity").asLong(),
                        required(line, "allocated").asLong(),
                        required(line, "shipped").asLong(),
                        required(line, "short").asLong(),
                        required(line, "cancelled").asLong()));
            }
        });
    }

    /** True when something is still to be shipped or covered. */
    boolean hasOpenOrders() {
        return !required(operator.get("/v1/dispatch-orders?state=OPEN&limit=1"), "items")
                .isEmpty();
    }

    List<ShortLine> shortages() {
        List<ShortLine> lines = new ArrayList<>();
        operator.eachOf(
                "/v1/shortages",
                line -> lines.add(new ShortLine(
                        required(line, "order").asText(),
                        required(line, "line").asInt(),
                        required(line, "short").asLong())));
        return lines;
    }

    /** Gives up what no node can serve: the sale is reversed. */
    void giveUp(ShortLine line) {
        operator.post("/v1/shortages/" + encoded(line.order()) + "/" + line.line() + "/closure", new EmptyBody());
    }

    private record EmptyBody() {}

    /** Units by SKU and bucket, of all nodes. */
    Buckets stock() {
        Buckets stock = new Buckets();
        operator.eachOf("/v1/stock?view=total", row -> {
            String sku = required(row, "sku").asText();
            for (String bucket : BUCKETS) {
                stock.add(sku, bucket, required(row, bucket).asLong());
            }
        });
        return stock;
    }

    Explanation explain(String sku) {
        JsonNode total = required(operator.get("/v1/stock/explanation?sku=" + encoded(sku)), "total");
        return new Explanation(
                sku,
                required(total, "sellable").asLong(),
                required(total, "onHand").asLong(),
                required(total, "ordered").asLong(),
                required(total, "unsellable").asLong(),
                required(total, "held").asLong(),
                required(total, "virtual").asLong(),
                required(total, "transfer").asLong());
    }
}
