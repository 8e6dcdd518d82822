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

/**
 * Orders one thing after the other, and with each does one of what customers do: pays, cancels before or after, or forgets
 * it. Now and then repeats a document that was answered, and must be told the same.
 */
final class Customer implements Runnable {
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
        if (fate < FORGOTTEN + CANCELLED_UNPAID + PARTLY_CANCELLED_UNPAID) {
            cancel(order, true);
        }
        pay(order);
        if (order.paid() && random.nextInt(100) < CANCELLED_PAID) {
            cancel(order, random.nextBoolean());
        }
    }

    /** Null when the order is refused. */
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
        LayerClient.Answer answer = told("/v1/orders", body);
        if (answer.code().equals("INSUFFICIENT_STOCK")) {
            acknowledged.refused();
            return null;
        }
        same(order.number(), answer.orFail().body().get("orderNumber").asText(), "order number");
        acknowledged.placed(order);
        maybeAgain(
                "/v1/orders",
                body,
                again -> same(order.number(), again.get("orderNumber").asText(), "order number"));
        return order;
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

    private void pay(KeptOrder order) {
        String path = "/v1/orders/" + LayerClient.encoded(order.number()) + "/payment";
        Map<String, Object> body =
                document("paymentNumber", "P-" + order.number().replace(':', '-'));
        String outcome = told(path, body).orFail().body().get("outcome").asText();
        order.paid(KeptOrder.Payment.valueOf(outcome));
        maybeAgain(path, body, again -> same(outcome, again.get("outcome").asText(), order.number() + " paid"));
    }

    private void cancel(KeptOrder order, boolean oneUnit) {
        String path = "/v1/orders/" + LayerClient.encoded(order.number()) + "/cancellation";
        Map<String, Object> body = document(
                "cancellationNumber",
                "X-" + order.number().replace(':', '-') + (order.paid() ? "-PAID" : ""),
                "reasonCode",
                "BUYER");
        if (oneUnit) {
            body.put("lines", List.of(document("line", 1, "quantity", 1)));
        }
        JsonNode lines = told(path, body).orFail().body().get("lines");
        order.cancellationAnswered();
        for (JsonNode line : lines) {
            order.lines()
                    .get(line.get("line").asInt())
                    .cancelled(
                            order.paid() ? 0 : line.get("done").asLong(),
                            order.paid()
                                    ? line.get("done").asLong()
                                            + line.get("pending").asLong()
                                    : 0);
        }
        maybeAgain(
                path,
                body,
                again -> same(
                        String.valueOf(units(lines)),
                        String.valueOf(units(again.get("lines"))),
                        order.number() + " cancelled"));
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

    private LayerClient.Answer told(String path, Map<String, Object> body) {
        LayerClient.Answer answer = sales.post(path, body);
        if (answer.replayed()) {
            acknowledged.replayed();
        }
        return answer;
    }

    private interface Told {
        void again(JsonNode body);
    }

    private void maybeAgain(String path, Map<String, Object> body, Told told) {
        if (random.nextInt(REPEATED_ONE_IN) == 0) {
            LayerClient.Answer again = told(path, body);
            if (again.status() != 200 || !again.replayed()) {
                acknowledged.contradiction("not answered as known: " + path + " " + body + ": " + again);
            } else {
                told.again(again.body());
            }
        }
    }

    private void same(String first, String second, String what) {
        if (!first.equals(second)) {
            acknowledged.contradiction(what + " was " + first + " and is " + second);
        }
    }
}
