package org.tierstock.local.demo;

import static org.tierstock.local.demo.Api.required;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.tierstock.local.demo.Api.Answer;
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

    private record OrdersBody(List<OrderBody> orders) {}

    private record PaymentBody(String orderNumber, String paymentNumber) {}

    private record PaymentsBody(List<PaymentBody> payments) {}

    private record CancelBody(
            String orderNumber, String cancellationNumber, String reasonCode, List<CancelLineBody> lines) {}

    private record CancelLineBody(int line, long quantity) {}

    private record CancelsBody(List<CancelBody> cancellations) {}

    /** How often a document is sent for which there was no room. */
    private static final int TRIES = 30;

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
        return each(
                        orders,
                        "/v1/orders/batch",
                        some -> new OrdersBody(
                                some.stream().map(SalesClient::body).toList()))
                .stream()
                .map(result -> placement(result))
                .toList();
    }

    /** Pays orders; the payment's number is the order's with a suffix. */
    List<PaymentAnswer> pay(List<String> orders) {
        return each(
                        orders,
                        "/v1/orders/payments",
                        some -> new PaymentsBody(some.stream()
                                .map(order -> new PaymentBody(order, number(order) + "-P"))
                                .toList()))
                .stream()
                .map(SalesClient::payment)
                .toList();
    }

    List<List<CancelledLine>> cancel(List<CancelRequest> requests) {
        return each(
                        requests,
                        "/v1/orders/cancellations",
                        some -> new CancelsBody(
                                some.stream().map(SalesClient::body).toList()))
                .stream()
                .map(SalesClient::cancellation)
                .toList();
    }

    void eachOrder(Consumer<OrderSeen> each) {
        auditor.eachOf(
                "/v1/orders",
                order -> each.accept(new OrderSeen(
                        required(order, "orderNumber").asText(),
                        required(order, "state").asText(),
                        lines(order))));
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

    /** Sends items in one batch, and those again for which the service had no room. The answers are in the items' order. */
    private <T> List<JsonNode> each(List<T> items, String path, Function<List<T>, Object> body) {
        JsonNode[] results = new JsonNode[items.size()];
        List<Integer> waiting = new ArrayList<>(IntStream.range(0, items.size()).boxed().toList());
        for (int attempt = 0; !waiting.isEmpty(); attempt++) {
            if (attempt == TRIES) {
                throw new DemoFailure("the sales layer had no room for " + waiting.size() + " documents, "
                        + TRIES + " times");
            } else if (attempt > 0) {
                Api.pause(attempt);
            }
            Answer answer = platform.post(path, body.apply(waiting.stream().map(items::get).toList()));
            JsonNode answered = required(answer.body(), "results");
            if (answered.size() != waiting.size()) {
                throw new DemoFailure(waiting.size() + " sent to " + path + ", answered: " + answer.body());
            }
            List<Integer> again = new ArrayList<>();
            for (int i = 0; i < waiting.size(); i++) {
                int status = required(answered.get(i), "status").asInt();
                results[waiting.get(i)] = answered.get(i);
                if (status == 429 || status == 503) {
                    again.add(waiting.get(i));
                }
            }
            waiting = again;
        }
        return List.of(results);
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
        return new CancelBody(
                request.order(),
                request.number(),
                request.reason(),
                request.lines().stream()
                        .map(line -> new CancelLineBody(line.line(), line.units()))
                        .toList());
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
