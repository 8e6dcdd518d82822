package org.tierstock.integration.load;

import static org.tierstock.integration.load.LayerClient.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Through REST, each document in a request of its own. */
final class RestDesk implements OrderDesk {
    private final LayerClient sales;

    RestDesk(LayerClient sales) {
        this.sales = sales;
    }

    @Override
    public List<Told<String>> place(List<KeptOrder> orders) {
        return orders.stream()
                .map(order -> placed(sales.post("/v1/orders", order(order))))
                .toList();
    }

    @Override
    public List<Told<KeptOrder.Payment>> pay(List<KeptOrder> orders) {
        return orders.stream()
                .map(order -> paid(sales.post(path(order) + "/payment", payment(order))))
                .toList();
    }

    @Override
    public List<Told<List<CancelledLine>>> cancel(List<Cancellation> cancellations) {
        return cancellations.stream()
                .map(cancellation ->
                        cancelled(sales.post(path(cancellation.order()) + "/cancellation", cancellation(cancellation))))
                .toList();
    }

    @Override
    public String toString() {
        return "REST";
    }

    private static String path(KeptOrder order) {
        return "/v1/orders/" + LayerClient.encoded(order.number());
    }

    static Map<String, Object> order(KeptOrder order) {
        List<Map<String, Object>> lines = new ArrayList<>();
        order.lines().forEach((number, line) -> lines.add(document("sku", line.sku, "quantity", line.quantity)));
        return document(
                "channel", order.channel().code(), "channelOrderNumber", order.channelOrderNumber(), "lines", lines);
    }

    static Map<String, Object> payment(KeptOrder order) {
        return document("paymentNumber", order.paymentNumber());
    }

    static Map<String, Object> cancellation(Cancellation cancellation) {
        Map<String, Object> document =
                document("cancellationNumber", cancellation.number(), "reasonCode", Cancellation.REASON);
        if (!cancellation.lines().isEmpty()) {
            List<Map<String, Object>> lines = new ArrayList<>();
            cancellation.lines().forEach((line, units) -> lines.add(document("line", line, "quantity", units)));
            document.put("lines", lines);
        }
        return document;
    }

    static Told<String> placed(LayerClient.Answer answer) {
        return told(answer, NO_STOCK, body -> body.get("orderNumber").asText());
    }

    static Told<KeptOrder.Payment> paid(LayerClient.Answer answer) {
        return told(
                answer,
                NO_ORDER,
                body -> KeptOrder.Payment.valueOf(body.get("outcome").asText()));
    }

    static Told<List<CancelledLine>> cancelled(LayerClient.Answer answer) {
        return told(answer, NO_ORDER, RestDesk::cancelledLines);
    }

    private static <T> Told<T> told(LayerClient.Answer answer, String noOrder, Function<JsonNode, T> read) {
        return answer.code().equals(noOrder)
                ? Told.noOrder(answer.repeated())
                : new Told<>(Optional.of(read.apply(answer.orFail().body())), answer.replayed(), answer.repeated());
    }

    private static List<CancelledLine> cancelledLines(JsonNode body) {
        List<CancelledLine> lines = new ArrayList<>();
        for (JsonNode line : body.get("lines")) {
            lines.add(new CancelledLine(
                    line.get("line").asInt(),
                    line.get("done").asLong(),
                    line.get("refused").asLong(),
                    line.get("pending").asLong()));
        }
        return lines;
    }
}
