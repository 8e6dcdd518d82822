package org.tierstock.local.demo;

import static org.tierstock.local.demo.Api.encoded;
import static org.tierstock.local.demo.Api.required;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.tierstock.local.demo.Event.OrderPlaced;
import org.tierstock.local.demo.Event.OrderedLine;

/** A channel platform's and an operator's view of the sales layer. */
final class SalesClient {
    /** What the service answered to an order. */
    sealed interface Placement {
        record Placed() implements Placement {}

        /** Some lines cannot be served; the whole order was refused. */
        record Insufficient(List<Shortage> shortages) implements Placement {}
    }

    record Shortage(String sku, long sellableUnits) {}

    /** What became of a payment; empty reason: paid. */
    record PaymentAnswer(String refundReason) {
        boolean paid() {
            return refundReason.isEmpty();
        }
    }

    /** What became of one line of a cancellation, in units. */
    record CancelledLine(int line, long done, long refused, long pending) {}

    /** A cancellation to be sent; without lines: of everything that is left. */
    record CancelRequest(String order, String number, String reason, List<CancelLine> lines) {}

    record CancelLine(int line, long units) {}

    /** An order as the service has it at the end. */
    record OrderSeen(String order, String state, List<LineSeen> lines) {}

    record LineSeen(int line, String sku, long quantity, long cancelled, long reversed, long pendingCancel) {}

    private record ChannelBody(
            String name, String stockSource, String deductionMode, int holdSeconds, String deliveryMethod) {}

    private record OrderBody(
            String channel, String channelOrderNumber, Integer holdSeconds, String shipRegion, List<LineBody> lines) {}

    private record LineBody(Integer line, String sku, long quantity) {}

    private record PaymentBody(String orderNumber, String paymentNumber) {}

    private record CancelBody(
            String orderNumber, String cancellationNumber, String reasonCode, List<CancelLineBody> lines) {}

    private record CancelLineBody(int line, long quantity) {}

    private final Api operator;
    private final Api platform;
    private final Api auditor;

    SalesClient(Api operator, Api platform, Api auditor) {
        this.operator = operator;
        this.platform = platform;
        this.auditor = auditor;
    }

    void open(Market.Channel channel) {
        operator.put(
                "/v1/channels/" + channel.code(),
                new ChannelBody(
                        channel.name(),
                        channel.stockSource(),
                        channel.mode().name(),
                        channel.holdSeconds(),
                        Market.DELIVERY_METHOD));
    }

    /** Places orders; the answers are in the same order. */
    List<Placement> place(List<OrderPlaced> orders) {
        return platform
                .postEach(
                        "/v1/orders/batch",
                        "orders",
                        orders.stream().map(SalesClient::body).toList())
                .stream()
                .map(SalesClient::placement)
                .toList();
    }

    /** Pays orders; the payment's number is the order's with a suffix. */
    List<PaymentAnswer> pay(List<String> orders) {
        return platform
                .postEach(
                        "/v1/orders/payments",
                        "payments",
                        orders.stream()
                                .map(order -> new PaymentBody(order, number(order) + "-P"))
                                .toList())
                .stream()
                .map(SalesClient::payment)
                .toList();
    }

    List<List<CancelledLine>> cancel(List<CancelRequest> requests) {
        return platform
                .postEach(
                        "/v1/orders/cancellations",
                        "cancellations",
                        requests.stream().map(SalesClient::body).toList())
                .stream()
                .map(SalesClient::cancellation)
                .toList();
    }

    /** True when the layers below have yet to answer for something cancelled after payment. */
    boolean awaitsCancellation(String order) {
        return seen(auditor.get("/v1/orders/" + encoded(order))).lines().stream()
                .anyMatch(line -> line.pendingCancel() > 0);
    }

    void eachOrder(Consumer<OrderSeen> each) {
        auditor.eachOf("/v1/orders", order -> each.accept(seen(order)));
    }

    /** Units by SKU and bucket, of all keys. */
    Buckets stock() {
        Buckets stock = new Buckets();
        auditor.eachOf("/v1/stock", row -> {
            String sku = required(row, "sku").asText();
            for (String bucket : List.of("sellable", "locked", "sold", "held")) {
                stock.add(sku, bucket, required(row, bucket).asLong());
            }
        });
        return stock;
    }

    private static OrderBody body(OrderPlaced order) {
        List<LineBody> lines = new ArrayList<>();
        for (OrderedLine line : order.lines()) {
            lines.add(new LineBody(lines.size() + 1, line.sku(), line.units()));
        }
        Integer hold = order.holdSeconds() == 0 ? null : order.holdSeconds();
        return new OrderBody(order.channel(), order.number(), hold, order.shipRegion(), lines);
    }

    private static CancelBody body(CancelRequest request) {
        List<CancelLineBody> lines = request.lines().stream()
                .map(line -> new CancelLineBody(line.line(), line.units()))
                .toList();
        return new CancelBody(request.order(), request.number(), request.reason(), lines.isEmpty() ? null : lines);
    }

    private static Placement placement(JsonNode result) {
        if (required(result, "status").asInt() < 300) {
            return new Placement.Placed();
        }
        JsonNode problem = required(result, "problem");
        if (!problem.path("code").asText().equals("INSUFFICIENT_STOCK")) {
            throw new DemoFailure("an order was refused for a reason that cannot be: " + problem);
        }
        List<Shortage> shortages = new ArrayList<>();
        for (JsonNode line : required(problem, "lines")) {
            shortages.add(new Shortage(
                    required(line, "sku").asText(), required(line, "sellable").asLong()));
        }
        return new Placement.Insufficient(shortages);
    }

    private static PaymentAnswer payment(JsonNode result) {
        JsonNode payment = accepted(result, "payment");
        return new PaymentAnswer(
                required(payment, "outcome").asText().equals("PAID")
                        ? ""
                        : required(payment, "reason").asText());
    }

    private static List<CancelledLine> cancellation(JsonNode result) {
        List<CancelledLine> lines = new ArrayList<>();
        for (JsonNode line : required(accepted(result, "cancellation"), "lines")) {
            lines.add(new CancelledLine(
                    required(line, "line").asInt(),
                    required(line, "done").asLong(),
                    required(line, "refused").asLong(),
                    required(line, "pending").asLong()));
        }
        return lines;
    }

    private static JsonNode accepted(JsonNode result, String field) {
        if (required(result, "status").asInt() >= 300) {
            throw new DemoFailure("a " + field + " was refused: " + result);
        }
        return required(result, field);
    }

    private static OrderSeen seen(JsonNode order) {
        return new OrderSeen(
                required(order, "orderNumber").asText(),
                required(order, "state").asText(),
                lines(order));
    }

    private static List<LineSeen> lines(JsonNode order) {
        List<LineSeen> lines = new ArrayList<>();
        for (JsonNode line : required(order, "lines")) {
            lines.add(new LineSeen(
                    required(line, "line").asInt(),
                    required(line, "sku").asText(),
                    required(line, "quantity").asLong(),
                    required(line, "cancelled").asLong(),
                    required(line, "reversed").asLong(),
                    required(line, "pendingCancel").asLong()));
        }
        return lines;
    }

    private static String number(String order) {
        return order.substring(order.indexOf(':') + 1);
    }
}
