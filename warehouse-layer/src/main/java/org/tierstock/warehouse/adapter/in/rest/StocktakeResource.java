package org.tierstock.warehouse.adapter.in.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.runtime.identity.Scoped;
import org.tierstock.runtime.posting.GroupCommit;
import org.tierstock.warehouse.adapter.in.rest.Bodies.StocktakeBody;
import org.tierstock.warehouse.adapter.in.rest.Bodies.StocktakeRequest;
import org.tierstock.warehouse.domain.CountOutcome;
import org.tierstock.warehouse.domain.Stocktake;

/** 盘点单: what somebody counted on the shelves (S23, S110). */
@Path("/v1/stocktakes")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "stocktakes")
@Scoped
public class StocktakeResource {
    private final Caller caller;
    private final GroupCommit<Stocktake, CountOutcome> counting;

    @Inject
    public StocktakeResource(Caller caller, GroupCommit<Stocktake, CountOutcome> counting) {
        this.caller = caller;
        this.counting = counting;
    }

    @POST
    @RolesAllowed({Roles.OPERATOR, Roles.WMS})
    @Operation(
            operationId = "countStock",
            summary = "Makes the book what was counted; all lines or none",
            description = "A gain becomes AVAILABLE. A loss takes AVAILABLE first, then the locks of the outbounds that"
                    + " came last. At a staging location nothing can be gained. The stocktake's number makes it"
                    + " idempotent.")
    @APIResponse(
            responseCode = "201",
            description = "The book is what was counted",
            content = @Content(schema = @Schema(implementation = StocktakeBody.class)))
    public CompletionStage<Response> count(StocktakeRequest request) {
        Stocktake stocktake = Bodies.present("body", request).document();
        Scopes.need(
                caller,
                stocktake.warehouse(),
                stocktake.lines().stream().map(Stocktake.Line::key).toList());
        return counting.submit(
                        caller.party(), stocktake.lines().getFirst().key().sku().code(), stocktake)
                .thenApply(outcome -> Answer.of(stocktake, outcome).response());
    }
}
