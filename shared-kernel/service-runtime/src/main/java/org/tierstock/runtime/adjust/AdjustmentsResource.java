package org.tierstock.runtime.adjust;

import io.quarkus.arc.properties.UnlessBuildProperty;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.tierstock.movements.Code;
import org.tierstock.runtime.adjust.Adjustment.State;
import org.tierstock.runtime.adjust.Adjustments.Decided;
import org.tierstock.runtime.adjust.Adjustments.Proposed;
import org.tierstock.runtime.fence.PassesFence;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.runtime.inspect.Audit;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.problem.Problem;

/** 对账调整单: differences between two layers that people have decided to book away (S123). */
@Path("/v1/reconciliation-adjustments")
@Tag(name = "operations")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@UnlessBuildProperty(name = "tierstock.layer", stringValue = "warehouse", enableIfMissing = true)
@PassesFence
public class AdjustmentsResource {
    private static final String REPLAYED = "Idempotent-Replayed";
    private static final int KEY_PARTS = 1;

    private final Adjustments adjustments;
    private final AdjustmentRows rows;
    private final Caller caller;

    @Inject
    AdjustmentsResource(Adjustments adjustments, AdjustmentRows rows, Caller caller) {
        this.adjustments = adjustments;
        this.rows = rows;
        this.caller = caller;
    }

    /** Proposes an adjustment. Nothing moves before somebody else has approved it. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "proposeAdjustment",
            summary = "Propose that a difference be booked away at this layer",
            description =
                    "The number makes it idempotent. The difference is looked at again at a fresh cut, on which the proposal"
                            + " stands. 409 DOCUMENT_REUSED, NOT_ADJUSTABLE (mended by another document),"
                            + " DIFFERENCE_CHANGED or ALREADY_PROPOSED; 422 NO_SUCH_DIFFERENCE.")
    @APIResponse(
            responseCode = "201",
            description = "It waits for approval",
            content = @Content(schema = @Schema(implementation = Adjustment.class)))
    @APIResponse(
            responseCode = "200",
            description = "It was proposed before, says the header Idempotent-Replayed: as it is now",
            content = @Content(schema = @Schema(implementation = Adjustment.class)))
    public RestResponse<Adjustment> propose(Proposal proposal) {
        return switch (adjustments.propose(proposal, caller.subject())) {
            case Proposed.Waits waits ->
                waits.replayed()
                        ? RestResponse.ResponseBuilder.ok(waits.adjustment())
                                .header(REPLAYED, "true")
                                .build()
                        : RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, waits.adjustment())
                                .location(URI.create("/v1/reconciliation-adjustments/" + proposal.number()))
                                .build();
            case Proposed.NumberReused reused -> throw Problem.documentReused(proposal.number());
            case Proposed.NoSuchDifference none ->
                throw Problem.of(
                        422,
                        "NO_SUCH_DIFFERENCE",
                        "Reconciliation " + proposal.reconciliation() + " lists no difference of this scope and key.");
            case Proposed.DifferenceChanged(long quantity) ->
                throw differenceChanged(quantity, "Reconcile, and propose what is so now.");
            case Proposed.NotAdjustable not ->
                throw Problem.of(
                        409, "NOT_ADJUSTABLE", "What this scope compares is mended by other documents, or elsewhere.");
            case Proposed.AnotherWaits another ->
                throw Problem.of(409, "ALREADY_PROPOSED", "Another adjustment of this key waits for a decision.");
        };
    }

    /** Adjustments, newest first. */
    @GET
    @RolesAllowed({Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR})
    @Operation(operationId = "listAdjustments", summary = "Adjustments, newest first; of one state when it is given")
    public Page<Adjustment> list(
            @QueryParam("state") String state,
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor) {
        return rows.page(state(state), Cursor.parse(cursor, KEY_PARTS), Limit.of(limit));
    }

    private static State state(String text) {
        if (text == null) {
            return null;
        }
        for (State state : State.values()) {
            if (state.name().equals(text)) {
                return state;
            }
        }
        throw Problem.malformed("state", "state must be PROPOSED, BOOKED or REJECTED, not " + text);
    }

    /** One adjustment. */
    @GET
    @Path("/{number}")
    @RolesAllowed({Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR})
    @Operation(operationId = "showAdjustment", summary = "An adjustment")
    public Adjustment show(@PathParam("number") String number) {
        return rows.show(Code.number("number", number)).orElseThrow(() -> Problem.notFound("adjustment", number));
    }

    /** Books it: this layer's stock of the key moves. */
    @POST
    @Path("/{number}/approval")
    @RolesAllowed(Roles.APPROVER)
    @Operation(
            operationId = "approveAdjustment",
            summary = "Book an adjustment that somebody else has proposed",
            description =
                    "The difference is looked at again at a fresh cut. 409 DIFFERENCE_CHANGED, KEY_IS_PARKED (replay or"
                            + " close the message first), KEY_HAS_MOVED (since the cut on which it was proposed, and be it"
                            + " forth and back: propose it again), BALANCE_IS_NOT_ITS_LEDGER (put the balance back first), INSUFFICIENT_STOCK or WRONG_STATE; 403 for whoever has proposed it; 503 FENCED while a database that was set back is not rebuilt."
                            + " Approved again it is answered as it is.")
    public Adjustment approve(@PathParam("number") String number) {
        return answer(number, adjustments.approve(Code.number("number", number), caller.subject()));
    }

    /** Nothing moves. */
    @POST
    @Path("/{number}/rejection")
    @RolesAllowed(Roles.APPROVER)
    @Operation(operationId = "rejectAdjustment", summary = "Reject an adjustment: nothing is moved")
    public Adjustment reject(@PathParam("number") String number) {
        return answer(number, adjustments.reject(Code.number("number", number), caller.subject()));
    }

    private static Problem differenceChanged(long quantity, String advice) {
        return Problem.of(409, "DIFFERENCE_CHANGED", "A fresh cut shows another difference. " + advice)
                .with("quantity", quantity);
    }

    private static Adjustment answer(String number, Decided decided) {
        return switch (decided) {
            case Decided.Done(Adjustment adjustment) -> adjustment;
            case Decided.Unknown() -> throw Problem.notFound("adjustment", number);
            case Decided.Otherwise(Adjustment adjustment) ->
                throw Problem.of(409, "WRONG_STATE", "It is " + adjustment.state() + " already.")
                        .with("state", adjustment.state().name());
            case Decided.SamePerson() -> throw Problem.forbidden("Whoever has proposed it may not approve it.");
            case Decided.KeyIsParked() ->
                throw Problem.of(
                        409,
                        "KEY_IS_PARKED",
                        "A parked message names this key, and may still have its effect: replay it or close it first.");
            case Decided.DifferenceChanged(long quantity) ->
                throw differenceChanged(quantity, "Reject this one, and propose what is so now.");
            case Decided.NotItsLedger(Audit.Difference difference) ->
                throw Problem.of(
                                409,
                                "BALANCE_IS_NOT_ITS_LEDGER",
                                "A balance of this key was changed without a movement, and the adjustment would carry that"
                                        + " into the ledger. Put the balance back first: see the runbook.")
                        .with("bucket", difference.bucket())
                        .with("balance", difference.balance())
                        .with("ledger", difference.ledger());
            case Decided.KeyHasMoved(KeyMovement by) ->
                throw Problem.of(
                                409,
                                "KEY_HAS_MOVED",
                                "The key's stock has moved since this was proposed, last by " + by.documentKind() + " "
                                        + by.documentNumber() + ". Reject this one, and propose it again.")
                        .with("movement", by.number())
                        .with("documentKind", by.documentKind())
                        .with("documentNumber", by.documentNumber());
            case Decided.NotEnough() ->
                throw Problem.of(
                        409,
                        "INSUFFICIENT_STOCK",
                        "This layer has less than that which nobody has ordered. Ask again when orders have ended.");
        };
    }
}
