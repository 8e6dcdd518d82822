package org.tierstock.warehouse.adapter.in.rest;

import jakarta.ws.rs.core.Response;
import java.util.List;
import org.tierstock.runtime.problem.Problem;
import org.tierstock.runtime.problem.ProblemDocument;
import org.tierstock.warehouse.adapter.in.rest.Bodies.PickBody;
import org.tierstock.warehouse.adapter.in.rest.Bodies.ReceiptBody;
import org.tierstock.warehouse.adapter.in.rest.Bodies.ShipmentBody;
import org.tierstock.warehouse.adapter.in.rest.Bodies.StocktakeBody;
import org.tierstock.warehouse.domain.CountOutcome;
import org.tierstock.warehouse.domain.LineFault;
import org.tierstock.warehouse.domain.Pick;
import org.tierstock.warehouse.domain.PickOutcome;
import org.tierstock.warehouse.domain.Receipt;
import org.tierstock.warehouse.domain.ReceiveOutcome;
import org.tierstock.warehouse.domain.ShipOutcome;
import org.tierstock.warehouse.domain.Shipment;
import org.tierstock.warehouse.domain.Stocktake;

/**
 * An outcome as an answer: a document, new or told again, or a problem.
 *
 * @param document null when there is a problem
 * @param problem null when there is a document
 */
record Answer<B>(B document, boolean replayed, Problem problem) {
    /** Says that the document had been recorded before. */
    static final String REPLAYED = "Idempotent-Replayed";

    static Answer<ReceiptBody> of(Receipt asked, ReceiveOutcome outcome) {
        return switch (outcome) {
            case ReceiveOutcome.Received received -> document(ReceiptBody.of(received.goods()), received.replayed());
            case ReceiveOutcome.Unacceptable unacceptable -> unacceptable(unacceptable.faults());
            case ReceiveOutcome.DocumentReused() -> problem(Problem.documentReused(asked.number()));
        };
    }

    static Answer<StocktakeBody> of(Stocktake asked, CountOutcome outcome) {
        return switch (outcome) {
            case CountOutcome.Counted counted -> document(StocktakeBody.of(counted.stock()), counted.replayed());
            case CountOutcome.Unacceptable unacceptable -> unacceptable(unacceptable.faults());
            case CountOutcome.DocumentReused() -> problem(Problem.documentReused(asked.number()));
        };
    }

    private static <B> Answer<B> unacceptable(List<LineFault> faults) {
        return problem(Problem.of(422, "UNACCEPTABLE_LINES", "Lines name what does not exist or cannot be.")
                .with("lines", faults));
    }

    static Answer<PickBody> of(Pick asked, PickOutcome outcome) {
        return switch (outcome) {
            case PickOutcome.Picked picked -> document(PickBody.of(picked.goods()), picked.replayed());
            case PickOutcome.NotLocked notLocked ->
                problem(Problem.of(409, "NOT_LOCKED", "The outbound holds less at a place than is to be taken there.")
                        .with("lines", notLocked.lines()));
            case PickOutcome.UnknownStaging unknown ->
                problem(Problem.of(422, "UNKNOWN_STAGING", "The warehouse has no such staging location.")
                        .with("staging", unknown.location()));
            case PickOutcome.UnknownOutbound() -> problem(Problem.notFound("outbound order", asked.outbound()));
            case PickOutcome.DocumentReused() -> problem(Problem.documentReused(asked.number()));
        };
    }

    static Answer<ShipmentBody> of(Shipment asked, ShipOutcome outcome) {
        return switch (outcome) {
            case ShipOutcome.Shipped shipped -> document(ShipmentBody.of(shipped.goods()), shipped.replayed());
            case ShipOutcome.NotLocked notLocked ->
                problem(Problem.of(409, "NOT_LOCKED", "The outbound holds less than is to be shipped.")
                        .with("asked", notLocked.asked())
                        .with("locked", notLocked.locked()));
            case ShipOutcome.UnknownOutbound() -> problem(Problem.notFound("outbound order", asked.outbound()));
            case ShipOutcome.DocumentReused() -> problem(Problem.documentReused(asked.number()));
        };
    }

    static <B> Answer<B> problem(Problem problem) {
        return new Answer<>(null, false, problem);
    }

    static <B> Answer<B> document(B document, boolean replayed) {
        return new Answer<>(document, replayed, null);
    }

    /** The problem's body; null when there is a document. */
    ProblemDocument problemDocument() {
        return problem == null ? null : problem.document();
    }

    int status() {
        return problem != null ? problem.status() : replayed ? 200 : 201;
    }

    /**
     * The document.
     *
     * @throws Problem when there is none
     */
    B orProblem() {
        if (problem != null) {
            throw problem;
        }
        return document;
    }

    /** The answer to a single request: 201, or 200 when it is told again. A problem is thrown, to be answered as one. */
    Response response() {
        Response.ResponseBuilder response = Response.status(status()).entity(orProblem());
        return replayed ? response.header(REPLAYED, "true").build() : response.build();
    }
}
