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
import org.tierstock.warehouse.adapter.in.rest.Bodies.ReceiptBody;
import org.tierstock.warehouse.adapter.in.rest.Bodies.ReceiptRequest;
import org.tierstock.warehouse.domain.Receipt;
import org.tierstock.warehouse.domain.ReceiveOutcome;

/** 入库单: goods that arrived (S49, S53, S104). */
@Path("/v1/receipts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "receipts")
@Scoped
public class ReceiptResource {
    private final Caller caller;
    private final GroupCommit<Receipt, ReceiveOutcome> receiving;

    @Inject
    public ReceiptResource(Caller caller, GroupCommit<Receipt, ReceiveOutcome> receiving) {
        this.caller = caller;
        this.receiving = receiving;
    }

    @POST
    @RolesAllowed({Roles.OPERATOR, Roles.WMS})
    @Operation(
            operationId = "receiveGoods",
            summary = "Takes goods in: good units become AVAILABLE, bad ones UNAVAILABLE; all lines or none",
            description = "Cases become units by the SKU's pack size. The receipt's number makes it idempotent. 422"
                    + " UNACCEPTABLE_LINES lists codes that do not exist, staging locations, and batches known with"
                    + " another expiry.")
    @APIResponse(
            responseCode = "201",
            description = "The goods are in",
            content = @Content(schema = @Schema(implementation = ReceiptBody.class)))
    public CompletionStage<Response> receive(ReceiptRequest request) {
        Receipt receipt = Bodies.present("body", request).document();
        Scopes.need(
                caller,
                receipt.warehouse(),
                receipt.lines().stream().map(Receipt.Line::key).toList());
        return receiving
                .submit(caller.party(), receipt.lines().getFirst().key().sku().code(), receipt)
                .thenApply(outcome -> Answer.of(receipt, outcome).response());
    }
}
