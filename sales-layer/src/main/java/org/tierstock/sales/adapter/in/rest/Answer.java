package org.tierstock.sales.adapter.in.rest;

import jakarta.ws.rs.core.Response;
import java.util.List;
import org.tierstock.runtime.problem.Problem;
import org.tierstock.runtime.problem.ProblemDocument;
import org.tierstock.sales.adapter.in.rest.Bodies.CancellationBody;
import org.tierstock.sales.adapter.in.rest.Bodies.OrderBody;
import org.tierstock.sales.adapter.in.rest.Bodies.PaymentBody;
import org.tierstock.sales.adapter.in.rest.Bodies.PaymentResultKind;
import org.tierstock.sales.adapter.in.rest.Bodies.ShortageBody;
import org.tierstock.sales.domain.CancelOutcome;
import org.tierstock.sales.domain.Cancellation;
import org.tierstock.sales.domain.Order;
import org.tierstock.sales.domain.PaymentOutcome;
import org.tierstock.sales.domain.PlaceOutcome;

/**
 * An outcome as an answer: a document, new or told again, or a problem.
 *
 * @param document null when there is a problem
 * @param problem null when there is a document
 */
record Answer<B>(B document, boolean replayed, Problem problem) {
    /** Says that the document had been recorded before. */
    static final String REPLAYED = "Idempotent-Replayed";

    static Answer<OrderBody> of(PlaceOutcome outcome) {
        return switch (outcome) {
            case PlaceOutcome.Placed(Order order, boolean replayed) -> document(OrderBody.of(order), replayed);
            case PlaceOutcome.InsufficientStock insufficient ->
                problem(Problem.of(409, "INSUFFICIENT_STOCK", "Not every line can be served.")
                        .with("lines", lines(insufficient)));
            case PlaceOutcome.DocumentReused reused ->
                problem(Problem.documentReused(reused.number().text()));
            case PlaceOutcome.UnknownChannel unknown ->
                problem(Problem.of(422, "UNKNOWN_CHANNEL", "There is no channel " + unknown.channel() + "."));
            case PlaceOutcome.MissingShipRegion missing ->
                problem(Problem.of(
                        422,
                        "MISSING_SHIP_REGION",
                        "Neither the order nor channel " + missing.channel() + " names a ship region."));
        };
    }

    private static List<ShortageBody> lines(PlaceOutcome.InsufficientStock insufficient) {
        return insufficient.shortages().stream()
                .map(shortage -> new ShortageBody(shortage.sku().code(), shortage.asked(), shortage.sellable()))
                .toList();
    }

    static Answer<PaymentBody> of(PaymentOutcome outcome) {
        return switch (outcome) {
            case PaymentOutcome.Paid paid ->
                document(new PaymentBody(paid.order().text(), PaymentResultKind.PAID, null), paid.replayed());
            case PaymentOutcome.RefundDue refund ->
                document(
                        new PaymentBody(refund.order().text(), PaymentResultKind.REFUND_DUE, refund.reason()),
                        refund.replayed());
            case PaymentOutcome.AlreadyPaid paid ->
                problem(Problem.of(409, "ALREADY_PAID", "Another payment has paid order " + paid.order() + "."));
            case PaymentOutcome.UnknownOrder unknown ->
                problem(Problem.notFound("order", unknown.order().text()));
            case PaymentOutcome.DocumentReused reused -> problem(Problem.documentReused(reused.document()));
        };
    }

    static Answer<CancellationBody> of(CancelOutcome outcome) {
        return switch (outcome) {
            case CancelOutcome.Cancelled(Cancellation cancellation, boolean replayed) ->
                document(CancellationBody.of(cancellation), replayed);
            case CancelOutcome.UnknownOrder unknown ->
                problem(Problem.notFound("order", unknown.order().text()));
            case CancelOutcome.UnknownLine unknown ->
                problem(Problem.of(
                                422,
                                "UNKNOWN_LINE",
                                "Order " + unknown.order() + " has no line " + unknown.line() + ".")
                        .with("line", unknown.line()));
            case CancelOutcome.DocumentReused reused -> problem(Problem.documentReused(reused.document()));
        };
    }

    static <B> Answer<B> problem(Problem problem) {
        return new Answer<>(null, false, problem);
    }

    private static <B> Answer<B> document(B document, boolean replayed) {
        return new Answer<>(document, replayed, null);
    }

    /** The problem's body; null when there is a document. */
    ProblemDocument problemDocument() {
        return problem == null ? null : problem.document();
    }

    int status() {
        return problem != null ? problem.status() : replayed ? 200 : 201;
    }

    /** The answer to a single request: 201, or 200 when it is told again. A problem is thrown, to be answered as one. */
    Response response() {
        if (problem != null) {
            throw problem;
        }
        Response.ResponseBuilder response = Response.status(status()).entity(document);
        return replayed ? response.header(REPLAYED, "true").build() : response.build();
    }
}
