package org.tierstock.sales.adapter.in.history;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.runtime.history.Sheet;
import org.tierstock.sales.domain.Cancellation;
import org.tierstock.sales.domain.DeductionMode;
import org.tierstock.sales.domain.LineState;
import org.tierstock.sales.domain.Order;
import org.tierstock.sales.domain.OrderLine;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.OrderSheet;
import org.tierstock.sales.domain.Payment;
import org.tierstock.sales.domain.Payment.RefundReason;
import org.tierstock.sales.domain.Pool;
import org.tierstock.sales.domain.StockKey;
import org.tierstock.sales.domain.Terms;

/** The sheets of orders that dispatch has kept, one an order. */
final class Sheets {
    /** The content of an order that came without its sheet is not known: its number may not be used for another. */
    private static final long UNKNOWN_CONTENT = 0;

    private final Map<OrderNumber, OrderSheet> byOrder = new LinkedHashMap<>();

    /** Adds a sheet that came with a hand-over or a cancel; each holds the documents that there were then. */
    void add(OrderNumber number, String text) {
        Sheet sheet = Sheet.parse(text);
        OrderSheet read = new OrderSheet(order(number, sheet), payments(number, sheet), cancellations(number, sheet));
        byOrder.merge(number, read, Sheets::together);
    }

    /** Adds what the hand-over itself tells, when its order has no sheet: dispatch had it again from a history of ours. */
    void addWithout(HandOver handOver) {
        OrderNumber number = OrderNumber.parse(handOver.order());
        Terms terms = new Terms(
                DeductionMode.PAYMENT_TIME,
                handOver.deliveryMethod(),
                handOver.shipRegion(),
                "",
                handOver.addressReference(),
                handOver.traceParent());
        OrderLine line = new OrderLine(
                handOver.orderLine(), StockKey.regular(handOver.key()), handOver.quantity(), LineState.PAID, 0, 0, 0);
        Order order = new Order(number, terms, UNKNOWN_CONTENT, Instant.EPOCH, null, List.of(line));
        byOrder.merge(number, new OrderSheet(order, List.of(), List.of()), Sheets::together);
    }

    boolean has(OrderNumber number) {
        return byOrder.containsKey(number);
    }

    Iterable<OrderSheet> all() {
        return byOrder.values();
    }

    private static OrderSheet together(OrderSheet one, OrderSheet other) {
        Map<Integer, OrderLine> lines = new LinkedHashMap<>();
        other.order().lines().forEach(line -> lines.put(line.line(), line));
        one.order().lines().forEach(line -> lines.put(line.line(), line));
        Map<String, Payment> payments = new LinkedHashMap<>();
        one.payments().forEach(payment -> payments.put(payment.document(), payment));
        other.payments().forEach(payment -> payments.put(payment.document(), payment));
        Map<String, Cancellation> cancellations = new LinkedHashMap<>();
        one.cancellations().forEach(cancel -> cancellations.put(cancel.document(), cancel));
        other.cancellations().forEach(cancel -> cancellations.put(cancel.document(), cancel));
        return new OrderSheet(
                one.order().with(List.copyOf(lines.values())),
                List.copyOf(payments.values()),
                List.copyOf(cancellations.values()));
    }

    private static Order order(OrderNumber number, Sheet sheet) {
        Terms terms = new Terms(
                DeductionMode.valueOf(sheet.text("deductionMode")),
                sheet.text("deliveryMethod"),
                sheet.text("shipRegion"),
                sheet.text("buyer"),
                sheet.text("addressReference"),
                sheet.text("traceParent"));
        List<OrderLine> lines = new ArrayList<>();
        for (Sheet line : sheet.each("lines")) {
            ChannelKey key = new ChannelKey(
                    line.text("channel"),
                    line.text("deliveryMethod"),
                    Quality.named(line.text("quality")),
                    line.text("shipRegion"),
                    new Sku(line.text("sku")));
            lines.add(new OrderLine(
                    (int) line.number("line"),
                    new StockKey(key, Pool.parse(line.text("pool"))),
                    line.number("quantity"),
                    LineState.valueOf(line.text("state")),
                    line.number("cancelled"),
                    0,
                    0));
        }
        return new Order(
                number,
                terms,
                sheet.number("contentHash"),
                at(sheet.number("placedAt")),
                sheet.has("expiresAt") ? at(sheet.number("expiresAt")) : null,
                lines);
    }

    private static Instant at(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static List<Payment> payments(OrderNumber number, Sheet sheet) {
        return sheet.each("payments").stream()
                .map(payment -> new Payment(
                        payment.text("document"),
                        number,
                        payment.has("refund") ? RefundReason.valueOf(payment.text("refund")) : null))
                .toList();
    }

    private static List<Cancellation> cancellations(OrderNumber number, Sheet sheet) {
        return sheet.each("cancellations").stream()
                .map(cancel -> new Cancellation(
                        cancel.text("document"),
                        number,
                        cancel.text("reason"),
                        cancel.number("contentHash"),
                        cancel.each("lines").stream()
                                .map(line -> new Cancellation.Line(
                                        (int) line.number("line"),
                                        line.number("quantity"),
                                        line.number("asked"),
                                        line.number("done"),
                                        line.number("refused"),
                                        null))
                                .toList()))
                .toList();
    }
}
