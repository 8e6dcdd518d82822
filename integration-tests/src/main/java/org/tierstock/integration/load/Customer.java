package org.tierstock.integration.load;

import static org.tierstock.integration.load.LayerClient.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.tierstock.integration.load.KeptOrder.Document;

/**
 * Orders one thing after the other, and with each does one of what customers do: pays, cancels before or after, or forgets
 * it. Now and then repeats a document that was answered, and must be told the same.
 */
final class Customer implements Runnable {
    private static final int UNKNOWN = 404;
    private static final int MOST_LINES = 3;
    private static final int MOST_UNITS = 4;

    /** Of a hundred orders. */
    private static final int FORGOTTEN = 12;

    private static final int CANCELLED_UNPAID = 12;
    private static final int PARTLY_CANCELLED_UNPAID = 6;
    private static final int CANCELLED_PAID = 15;

    /** One document in so many is sent again. */
    private static final int REPEATED_ONE_IN = 10;

    private final int id;
    private final LoadSettings settings;
    private final Market market;
    private final LayerClient sales;
    private final Acknowledged acknowledged;
    private final BooleanSupplier wanted;
    private final SplittableRandom random;
    private final List<KeptOrder> mine = new ArrayList<>();
    private int orders;

    Customer(
            int id,
            LoadSettings settings,
            Market market,
            LayerClient sales,
            Acknowledged acknowledged,
            BooleanSupplier wanted) {
        this.id = id;
        this.settings = settings;
        this.market = market;
        this.sales = sales;
        this.acknowledged = acknowledged;
        this.wanted = wanted;
        this.random = new SplittableRandom(settings.seed() + id);
    }

    @Override
    public void run() {
        while (wanted.getAsBoolean()) {
            orders++;
            shop("C" + id + '-' + orders);
            LayerClient.sleep(settings.pause());
        }
    }

    private void shop(String number) {
        KeptOrder order = place(number);
        if (order == null) {
            return;
        }
        int fate = random.nextInt(100);
        if (fate < FORGOTTEN) {
            return;
        }
        if (fate < FORGOTTEN + CANCELLED_UNPAID) {
            cancel(order, false);
            return;
        }
        if (fate < FORGOTTEN + CANCELLED_UNPAID + PARTLY_CANCELLED_UNPAID && !cancel(order, true)) {
            return;
        }
        if (pay(order) && order.paid() && random.nextInt(100) < CANCELLED_PAID) {
            cancel(order, random.nextBoolean());
        }
    }

    /** Sends all documents again, as callers do when a layer's database was set back. */
    void repeatDocuments() {
        List.copyOf(mine).forEach(this::repeat);
    }

    /** False when the order was lost and is refused now: nobody else had known it. */
    private boolean repeat(KeptOrder order) {
        for (Map.Entry<Document, String> answered : order.forgetAnswers().entrySet()) {
            Document document = answered.getKey();
            LayerClient.Answer again = told(document);
            if (again.code().equals("INSUFFICIENT_STOCK")) {
                acknowledged.forget(order);
                mine.remove(order);
                return false;
            }
            String answer = record(order, document, again.orFail().body());
            if (again.replayed()) {
                same(answered.getValue(), answer, order.number() + ' ' + document.kind());
            }
        }
        return true;
    }

    /** Null when the order is refused, or lost. */
    private KeptOrder place(String number) {
        Market.Channel channel =
                market.channels().get(random.nextInt(market.channels().size()));
        List<Map<String, Object>> lines = new ArrayList<>();
        KeptOrder order = new KeptOrder(channel.code() + ':' + number, channel);
        for (String sku : basket()) {
            long units = 1 + random.nextInt(MOST_UNITS);
            lines.add(document("sku", sku, "quantity", units));
            order.lines().put(lines.size(), new KeptOrder.Line(sku, units));
        }
        Map<String, Object> body = document("channel", channel.code(), "channelOrderNumber", number, "lines", lines);
        Document document = new Document(Document.Kind.ORDER, "/v1/orders", body);
        LayerClient.Answer answer = told(document);
        if (answer.code().equals("INSUFFICIENT_STOCK")) {
            acknowledged.refused();
            return null;
        }
        same(order.number(), record(order, document, answer.orFail().body()), "order number");
        acknowledged.placed(order);
        mine.add(order);
        return maybeAgain(order, document) ? order : null;
    }

    /** Different SKUs; the first ones of the market are wanted more than the others. */
    private Set<String> basket() {
        Set<String> basket = new LinkedHashSet<>();
        int lines = 1 + random.nextInt(MOST_LINES);
        for (int i = 0; i < lines; i++) {
            int bound = 1 + random.nextInt(market.skus().size());
            basket.add(market.skus().get(random.nextInt(bound)));
        }
        return basket;
    }

    private boolean pay(KeptOrder order) {
        return send(
                order,
                new Document(
                        Document.Kind.PAYMENT,
                        "/v1/orders/" + LayerClient.encoded(order.number()) + "/payment",
                        document("paymentNumber", "P-" + order.number().replace(':', '-'))));
    }

    private boolean cancel(KeptOrder order, boolean oneUnit) {
        Map<String, Object> body = document(
                "cancellationNumber",
                "X-" + order.number().replace(':', '-') + (order.paid() ? "-PAID" : ""),
                "reasonCode",
                "BUYER");
        if (oneUnit) {
            body.put("lines", List.of(document("line", 1, "quantity", 1)));
        }
        String path = "/v1/orders/" + LayerClient.encoded(order.number()) + "/cancellation";
        return send(order, new Document(Document.Kind.CANCELLATION, path, body));
    }

    /** False when the order is lost. */
    private boolean send(KeptOrder order, Document document) {
        LayerClient.Answer answer = told(document);
        if (answer.status() == UNKNOWN && acknowledged.isMaybeLost()) {
            if (!repeat(order)) {
                return false;
            }
            answer = told(document);
        }
        record(order, document, answer.orFail().body());
        return maybeAgain(order, document);
    }

    /** Keeps what an answer acknowledges; answers what must be the same when the document is sent again. */
    private static String record(KeptOrder order, Document document, JsonNode answer) {
        String essence = essence(document, answer);
        switch (document.kind()) {
            case ORDER -> {}
            case PAYMENT -> order.paid(KeptOrder.Payment.valueOf(essence));
            case CANCELLATION -> {
                order.cancellationAnswered();
                for (JsonNode line : answer.get("lines")) {
                    long done = line.get("done").asLong();
                    order.lines()
                            .get(line.get("line").asInt())
                            .cancelled(
                                    order.paid() ? 0 : done,
                                    order.paid() ? done + line.get("pending").asLong() : 0);
                }
            }
        }
        order.keep(document, essence);
        return essence;
    }

    private static String essence(Document document, JsonNode answer) {
        return switch (document.kind()) {
            case ORDER -> answer.get("orderNumber").asText();
            case PAYMENT -> answer.get("outcome").asText();
            case CANCELLATION -> String.valueOf(units(answer.get("lines")));
        };
    }

    /** What a cancellation is about. Its pending units become done or refused, but do not grow or shrink. */
    private static long units(JsonNode lines) {
        long units = 0;
        for (JsonNode line : lines) {
            units += line.get("done").asLong()
                    + line.get("refused").asLong()
                    + line.get("pending").asLong();
        }
        return units;
    }

    private LayerClient.Answer told(Document document) {
        LayerClient.Answer answer = sales.post(document.path(), document.body());
        if (answer.replayed()) {
            acknowledged.replayed();
        }
        return answer;
    }

    /** Now and then. False when the order is lost. */
    private boolean maybeAgain(KeptOrder order, Document document) {
        if (random.nextInt(REPEATED_ONE_IN) != 0) {
            return true;
        }
        LayerClient.Answer again = told(document);
        if (again.status() == 200 && again.replayed()) {
            same(order.answerOf(document), essence(document, again.body()), order.number() + ' ' + document.kind());
            return true;
        }
        if (acknowledged.isMaybeLost()) {
            return repeat(order);
        }
        acknowledged.contradiction("not answered as known: " + document + ": " + again);
        return true;
    }

    private void same(String first, String second, String what) {
        if (!first.equals(second)) {
            acknowledged.contradiction(what + " was " + first + " and is " + second);
        }
    }
}
