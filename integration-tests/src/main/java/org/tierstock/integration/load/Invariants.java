package org.tierstock.integration.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tierstock.local.Layer;

/**
 * What must hold between what clients were told and the books of the three layers, once everything is at rest (07-protocol,
 * section 7, seen from outside).
 */
final class Invariants {
    private final Market market;
    private final Layers layers;
    private final Acknowledged acknowledged;
    private final Findings findings;
    private final Map<String, JsonNode> orders = new HashMap<>();
    private final Map<Acknowledged.OrderLine, JsonNode> dispatchLines = new HashMap<>();

    Invariants(Market market, Layers layers, Acknowledged acknowledged, Findings findings) {
        this.market = market;
        this.layers = layers;
        this.acknowledged = acknowledged;
        this.findings = findings;
    }

    /** Finds what does not hold once nothing will happen any more. */
    void check() {
        checkBooks();
        readOrders();
        ordersAreThere();
        acknowledged.kept().forEach(this::order);
        market.skus().forEach(this::goods);
    }

    /** Finds what may not be at any time: differing answers, failures, and books that do not agree. */
    void checkBooks() {
        acknowledged.contradictions().forEach(what -> findings.find("a document was answered in two ways", what));
        layers.traffic().failures().forEach(what -> findings.find("a request was answered 500", what));
        books();
    }

    private void readOrders() {
        for (Market.Channel channel : market.channels()) {
            layers.sales()
                    .eachOf(
                            "/v1/orders?channel=" + channel.code(),
                            order -> orders.put(order.get("orderNumber").asText(), order));
        }
        layers.dispatch().eachOf("/v1/dispatch-orders", order -> {
            for (JsonNode line : order.get("lines")) {
                dispatchLines.put(
                        new Acknowledged.OrderLine(
                                order.get("order").asText(), line.get("line").asInt()),
                        line);
            }
        });
    }

    private void ordersAreThere() {
        Set<String> unknown = new TreeSet<>(orders.keySet());
        for (KeptOrder kept : acknowledged.kept()) {
            findings.require(unknown.remove(kept.number()), "an acknowledged order is missing", kept.number());
        }
        unknown.forEach(order -> findings.find("an order is there that nobody was told of", order));
    }

    private void order(KeptOrder kept) {
        JsonNode seen = orders.get(kept.number());
        if (seen == null) {
            return;
        }
        for (JsonNode line : seen.get("lines")) {
            KeptOrder.Line known = kept.lines().get(line.get("line").asInt());
            Acknowledged.OrderLine name =
                    new Acknowledged.OrderLine(kept.number(), line.get("line").asInt());
            findings.require(
                    known.sku.equals(line.get("sku").asText())
                            && known.quantity == units(line, "quantity")
                            && known.cancelledUnpaid() == units(line, "cancelled"),
                    "an order line is not what was ordered and cancelled",
                    name + ": " + line);
            findings.require(
                    expectedStates(kept, known).contains(line.get("state").asText()),
                    "an order line is not in the state of its acknowledged documents",
                    name + ", " + kept.payment() + ": " + line);
            findings.require(units(line, "pendingCancel") == 0, "a cancel was never answered", name + ": " + line);
            handedOver(kept, known, name, line);
        }
    }

    private static Set<String> expectedStates(KeptOrder kept, KeptOrder.Line line) {
        if (line.payable() == 0) {
            return Set.of("CANCELLED");
        }
        return switch (kept.payment()) {
            case PAID -> Set.of("HANDED");
            case REFUND_DUE -> Set.of("REFUND");
            case NONE -> kept.channel().holdSeconds() > 0 ? Set.of("EXPIRED") : Set.of("PLACED");
        };
    }

    /** A paid line is at dispatch with all of its units, each allocated, shipped, short or cancelled (E5); others are not. */
    private void handedOver(KeptOrder kept, KeptOrder.Line known, Acknowledged.OrderLine name, JsonNode line) {
        JsonNode handed = dispatchLines.get(name);
        if (!kept.paid() || known.payable() == 0) {
            findings.require(handed == null, "dispatch has a line that was not paid", name.toString());
            return;
        }
        if (handed == null) {
            findings.find("a paid line never reached dispatch", name.toString());
            return;
        }
        findings.require(
                units(handed, "quantity") == known.payable(),
                "dispatch was handed another quantity than was paid",
                name + ": " + handed);
        findings.require(
                units(handed, "quantity")
                        == units(handed, "allocated")
                                + units(handed, "shipped")
                                + units(handed, "short")
                                + units(handed, "cancelled"),
                "a line's units do not add up at dispatch (E5)",
                name + ": " + handed);
        findings.require(
                units(handed, "shipped") == acknowledged.shippedUnits(name),
                "dispatch and the warehouses differ in what was shipped",
                name + ": " + acknowledged.shippedUnits(name) + ", " + handed);
        findings.require(
                units(handed, "cancelled") == units(line, "reversed"),
                "sales and dispatch differ in what came back (E7)",
                name + ": " + line + ", " + handed);
        findings.require(
                units(line, "reversed") <= known.cancelAsked(),
                "more came back than was cancelled",
                name + ": " + known.cancelAsked() + ", " + line);
    }

    private void goods(String sku) {
        long shelf = sum(layers.warehouse(), "/v1/stock?sku=" + sku, "available", "locked", "unavailable");
        long shipped = 0;
        long sold = 0;
        long locked = 0;
        long shortUnits = 0;
        for (KeptOrder kept : acknowledged.kept()) {
            JsonNode seen = orders.get(kept.number());
            for (Map.Entry<Integer, KeptOrder.Line> entry : kept.lines().entrySet()) {
                KeptOrder.Line line = entry.getValue();
                if (!line.sku.equals(sku) || seen == null) {
                    continue;
                }
                Acknowledged.OrderLine name = new Acknowledged.OrderLine(kept.number(), entry.getKey());
                shipped += acknowledged.shippedUnits(name);
                JsonNode handed = dispatchLines.get(name);
                shortUnits += handed == null ? 0 : units(handed, "short");
                if (kept.paid()) {
                    sold += line.payable() - reversed(seen, entry.getKey());
                } else if (kept.payment() == KeptOrder.Payment.NONE
                        && kept.channel().deductionMode().equals("ORDER_TIME")) {
                    locked += line.payable();
                }
            }
        }
        long came = acknowledged.receivedUnits(sku) + acknowledged.gainedUnits(sku) - acknowledged.lostUnits(sku);
        findings.equal("goods that came are not those shipped and on the shelves", sku, came, shipped + shelf);
        findings.equal("SOLD is not what was paid and did not come back (E7)", sku, sold, bucket(sku, "sold"));
        findings.equal("LOCKED is not what was ordered and not paid (E7)", sku, locked, bucket(sku, "locked"));
        // Of goods that are lost when all are promised, dispatch knows what is missing.
        // What it does not know is oversold.
        long missing = -sum(layers.dispatch(), "/v1/stock?view=total&sku=" + sku, "deficit");
        long owed = bucket(sku, "sellable") + locked + sold - shipped - shortUnits;
        findings.require(
                owed <= shelf + missing,
                "oversold",
                sku + ": " + owed + " units promised, " + shelf + " on the shelves, " + missing
                        + " known to be missing");
        findings.require(
                shortUnits + missing <= acknowledged.lostUnits(sku),
                "more units are short or missing than were lost (E6)",
                sku + ": " + shortUnits + " short, " + missing + " missing, " + acknowledged.lostUnits(sku) + " lost");
    }

    private static long reversed(JsonNode order, int number) {
        for (JsonNode line : order.get("lines")) {
            if (line.get("line").asInt() == number) {
                return units(line, "reversed");
            }
        }
        return 0;
    }

    private long bucket(String sku, String bucket) {
        return sum(layers.sales(), "/v1/stock?sku=" + sku, bucket);
    }

    private void books() {
        for (Layer layer : Layer.values()) {
            JsonNode audit = layers.operator(layer).check("/v1/audits");
            audit.get("differences")
                    .forEach(d -> findings.find("a balance is not the sum of its movements", layer + ": " + d));
            findings.require(audit.get("rows").asLong() > 0, "an audit compared nothing", layer.code());
        }
        for (Layer layer : List.of(Layer.SALES, Layer.DISPATCH)) {
            JsonNode run = layers.operator(layer).check("/v1/reconciliations");
            List<JsonNode> runs = run.findParents("differences");
            findings.require(!runs.isEmpty(), "a reconciliation compared nothing", layer + ": " + run);
            for (JsonNode one : runs) {
                one.get("differences").forEach(d -> findings.find("two layers differ at a cut", layer + ": " + d));
            }
        }
    }

    private static long sum(LayerClient layer, String path, String... fields) {
        long[] sum = new long[1];
        layer.eachOf(path, row -> {
            for (String field : fields) {
                sum[0] += units(row, field);
            }
        });
        return sum[0];
    }

    private static long units(JsonNode node, String field) {
        return node.get(field).asLong();
    }
}
