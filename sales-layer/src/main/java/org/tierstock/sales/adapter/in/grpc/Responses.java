package org.tierstock.sales.adapter.in.grpc;

import org.tierstock.sales.domain.CancelOutcome;
import org.tierstock.sales.domain.Cancellation;
import org.tierstock.sales.domain.Order;
import org.tierstock.sales.domain.PaymentOutcome;
import org.tierstock.sales.domain.PlaceOutcome;
import org.tierstock.sales.v1.CancelResponse;
import org.tierstock.sales.v1.Cancelled;
import org.tierstock.sales.v1.CancelledLine;
import org.tierstock.sales.v1.LineShortage;
import org.tierstock.sales.v1.Paid;
import org.tierstock.sales.v1.PayResponse;
import org.tierstock.sales.v1.PlaceResponse;
import org.tierstock.sales.v1.Placed;
import org.tierstock.sales.v1.RefundDue;
import org.tierstock.sales.v1.Refused;

/** Outcomes as responses. The codes of refusals are those of the REST problems. */
final class Responses {
    private Responses() {}

    static PlaceResponse of(PlaceOutcome outcome) {
        return switch (outcome) {
            case PlaceOutcome.Placed(Order order, boolean replayed) ->
                PlaceResponse.newBuilder()
                        .setPlaced(Placed.newBuilder()
                                .setOrderNumber(order.number().text())
                                .setReplayed(replayed)
                                .setExpiresAtSeconds(
                                        order.expiresAt() == null
                                                ? 0
                                                : order.expiresAt().getEpochSecond()))
                        .build();
            case PlaceOutcome.InsufficientStock insufficient -> refusedPlacing(insufficient(insufficient));
            case PlaceOutcome.DocumentReused reused ->
                refusedPlacing(reused(reused.number().text()));
            case PlaceOutcome.UnknownChannel unknown ->
                refusedPlacing(refused("UNKNOWN_CHANNEL", "There is no channel " + unknown.channel() + "."));
            case PlaceOutcome.MissingShipRegion missing ->
                refusedPlacing(refused(
                        "MISSING_SHIP_REGION",
                        "Neither the order nor channel " + missing.channel() + " names a ship region."));
        };
    }

    private static Refused.Builder insufficient(PlaceOutcome.InsufficientStock insufficient) {
        Refused.Builder refused = refused("INSUFFICIENT_STOCK", "Not every line can be served.");
        for (PlaceOutcome.Shortage shortage : insufficient.shortages()) {
            refused.addShortages(LineShortage.newBuilder()
                    .setSku(shortage.sku().code())
                    .setAsked(shortage.asked())
                    .setSellable(shortage.sellable()));
        }
        return refused;
    }

    static PayResponse of(PaymentOutcome outcome) {
        return switch (outcome) {
            case PaymentOutcome.Paid paid ->
                PayResponse.newBuilder()
                        .setPaid(Paid.newBuilder().setReplayed(paid.replayed()))
                        .build();
            case PaymentOutcome.RefundDue refund ->
                PayResponse.newBuilder()
                        .setRefundDue(RefundDue.newBuilder()
                                .setReason(refund.reason().name())
                                .setReplayed(refund.replayed()))
                        .build();
            case PaymentOutcome.AlreadyPaid paid ->
                refusedPayment(refused("ALREADY_PAID", "Another payment has paid order " + paid.order() + "."));
            case PaymentOutcome.UnknownOrder unknown ->
                refusedPayment(unknownOrder(unknown.order().text()));
            case PaymentOutcome.DocumentReused reused -> refusedPayment(reused(reused.document()));
        };
    }

    static CancelResponse of(CancelOutcome outcome) {
        return switch (outcome) {
            case CancelOutcome.Cancelled(Cancellation cancellation, boolean replayed) ->
                CancelResponse.newBuilder()
                        .setCancelled(cancelled(cancellation).setReplayed(replayed))
                        .build();
            case CancelOutcome.UnknownOrder unknown ->
                refusedCancel(unknownOrder(unknown.order().text()));
            case CancelOutcome.UnknownLine unknown ->
                refusedCancel(
                        refused("UNKNOWN_LINE", "Order " + unknown.order() + " has no line " + unknown.line() + "."));
            case CancelOutcome.DocumentReused reused -> refusedCancel(reused(reused.document()));
        };
    }

    private static Cancelled.Builder cancelled(Cancellation cancellation) {
        Cancelled.Builder cancelled = Cancelled.newBuilder();
        for (Cancellation.Line line : cancellation.lines()) {
            cancelled.addLines(CancelledLine.newBuilder()
                    .setLine(line.line())
                    .setDone(line.done())
                    .setRefused(line.refused())
                    .setPending(line.pending()));
        }
        return cancelled;
    }

    private static PlaceResponse refusedPlacing(Refused.Builder refused) {
        return PlaceResponse.newBuilder().setRefused(refused).build();
    }

    private static PayResponse refusedPayment(Refused.Builder refused) {
        return PayResponse.newBuilder().setRefused(refused).build();
    }

    private static CancelResponse refusedCancel(Refused.Builder refused) {
        return CancelResponse.newBuilder().setRefused(refused).build();
    }

    private static Refused.Builder unknownOrder(String number) {
        return refused("NOT_FOUND", "There is no order " + number + ".");
    }

    private static Refused.Builder reused(String number) {
        return refused("DOCUMENT_REUSED", "The number " + number + " was used before with other content.");
    }

    private static Refused.Builder refused(String code, String detail) {
        return Refused.newBuilder().setCode(code).setDetail(detail);
    }
}
