package org.tierstock.sales.adapter.in.rest;

import java.time.Instant;
import java.util.List;
import org.tierstock.movements.InvalidValue;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.runtime.problem.ProblemDocument;
import org.tierstock.sales.domain.CancelOrder;
import org.tierstock.sales.domain.Cancellation;
import org.tierstock.sales.domain.ConfirmPayment;
import org.tierstock.sales.domain.DeductionMode;
import org.tierstock.sales.domain.LineState;
import org.tierstock.sales.domain.Order;
import org.tierstock.sales.domain.OrderLine;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.OrderState;
import org.tierstock.sales.domain.Payment;
import org.tierstock.sales.domain.PlaceOrder;

/** The JSON of orders, payments and cancellations. Quantities are whole units, instants UTC. */
final class Bodies {
    private Bodies() {}

    /** An order to place. Where it says nothing, the channel's default holds. */
    record OrderRequest(
            String channel,
            String channelOrderNumber,
            String buyer,
            DeductionMode deductionMode,
            Long holdSeconds,
            String deliveryMethod,
            String shipRegion,
            String addressReference,
            List<OrderLineRequest> lines) {
        PlaceOrder command(String traceParent) {
            return new PlaceOrder(
                    new OrderNumber(channel, channelOrderNumber),
                    deductionMode,
                    holdSeconds == null ? 0 : holdSeconds,
                    orEmpty(deliveryMethod),
                    orEmpty(shipRegion),
                    orEmpty(buyer),
                    orEmpty(addressReference),
                    present("lines", lines).stream()
                            .map(line -> present("lines", line).toLine())
                            .toList(),
                    traceParent);
        }
    }

    /** A line to order. Without a number it takes its place in the list. */
    record OrderLineRequest(Integer line, String sku, String quality, Long quantity) {
        PlaceOrder.Line toLine() {
            return new PlaceOrder.Line(
                    line == null ? 0 : line, new Sku(sku), Quality.named(quality), present("quantity", quantity));
        }
    }

    /** Many orders, each placed or refused on its own. */
    record OrderBatch(List<OrderRequest> orders) {}

    /** An order as it is. */
    record OrderBody(
            String orderNumber,
            String channel,
            String channelOrderNumber,
            OrderState state,
            DeductionMode deductionMode,
            String deliveryMethod,
            String shipRegion,
            Instant placedAt,
            Instant expiresAt,
            List<OrderLineBody> lines) {
        static OrderBody of(Order order) {
            return new OrderBody(
                    order.number().text(),
                    order.number().channel(),
                    order.number().channelOrderNumber(),
                    order.state(),
                    order.terms().deductionMode(),
                    order.terms().deliveryMethod(),
                    order.terms().shipRegion(),
                    order.placedAt(),
                    order.expiresAt(),
                    order.lines().stream().map(OrderLineBody::of).toList());
        }
    }

    /** A line of an order as it is. */
    record OrderLineBody(
            int line,
            String sku,
            Quality quality,
            long quantity,
            LineState state,
            long cancelled,
            long reversed,
            long pendingCancel) {
        static OrderLineBody of(OrderLine line) {
            return new OrderLineBody(
                    line.line(),
                    line.key().sku().code(),
                    line.key().channelKey().quality(),
                    line.quantity(),
                    line.state(),
                    line.cancelled(),
                    line.reversed(),
                    line.pendingCancel());
        }
    }

    /** What is missing of one SKU. */
    record ShortageBody(String sku, long asked, long sellable) {}

    /** One order's result in a batch: the order or the problem. */
    record OrderResult(int status, OrderBody order, ProblemDocument problem) {}

    record OrderResults(List<OrderResult> results) {}

    /** A payment of the order in the path. */
    record PaymentRequest(String paymentNumber) {
        ConfirmPayment command(String orderNumber) {
            return new ConfirmPayment(OrderNumber.parse(orderNumber), paymentNumber);
        }
    }

    /** A payment of any order. */
    record PaymentOfOrder(String orderNumber, String paymentNumber) {
        ConfirmPayment command() {
            return new ConfirmPayment(OrderNumber.parse(orderNumber), paymentNumber);
        }
    }

    record PaymentBatch(List<PaymentOfOrder> payments) {}

    /** What became of a payment. */
    enum PaymentResultKind {
        PAID,
        REFUND_DUE
    }

    /** The answer to a payment; a reason is given when the money must go back. */
    record PaymentBody(String orderNumber, PaymentResultKind outcome, Payment.RefundReason reason) {}

    record PaymentResult(int status, PaymentBody payment, ProblemDocument problem) {}

    record PaymentResults(List<PaymentResult> results) {}

    /** A cancellation of the order in the path. Without lines: of everything that is left. */
    record CancellationRequest(String cancellationNumber, String reasonCode, List<CancellationLineRequest> lines) {
        CancelOrder command(String orderNumber) {
            return cancel(orderNumber, cancellationNumber, reasonCode, lines);
        }
    }

    /** A cancellation of any order. */
    record CancellationOfOrder(
            String orderNumber, String cancellationNumber, String reasonCode, List<CancellationLineRequest> lines) {
        CancelOrder command() {
            return cancel(orderNumber, cancellationNumber, reasonCode, lines);
        }
    }

    record CancellationLineRequest(Integer line, Long quantity) {
        CancelOrder.Line toLine() {
            return new CancelOrder.Line(present("line", line), present("quantity", quantity));
        }
    }

    record CancellationBatch(List<CancellationOfOrder> cancellations) {}

    /** A cancellation as it is: its pending lines wait for dispatch. */
    record CancellationBody(String orderNumber, String reasonCode, List<CancellationLineBody> lines) {
        static CancellationBody of(Cancellation cancellation) {
            return new CancellationBody(
                    cancellation.order().text(),
                    cancellation.reasonCode(),
                    cancellation.lines().stream()
                            .map(line -> new CancellationLineBody(
                                    line.line(), line.quantity(), line.done(), line.refused(), line.pending()))
                            .toList());
        }
    }

    /** {@code quantity = done + refused + pending}. */
    record CancellationLineBody(int line, long quantity, long done, long refused, long pending) {}

    record CancellationResult(int status, CancellationBody cancellation, ProblemDocument problem) {}

    record CancellationResults(List<CancellationResult> results) {}

    private static CancelOrder cancel(
            String orderNumber, String cancellationNumber, String reasonCode, List<CancellationLineRequest> lines) {
        if (lines != null && lines.isEmpty()) {
            // A caller whose list came out empty does not mean the whole order.
            throw new InvalidValue("lines", "name at least one line; leave them out to cancel all that is left");
        }
        List<CancelOrder.Line> wanted = lines == null
                ? List.of()
                : lines.stream().map(line -> present("lines", line).toLine()).toList();
        return new CancelOrder(OrderNumber.parse(orderNumber), cancellationNumber, reasonCode, wanted);
    }

    static <T> T present(String field, T value) {
        if (value == null) {
            throw new InvalidValue(field, "is missing");
        }
        return value;
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
