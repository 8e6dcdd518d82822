package org.tierstock.dispatch.adapter.in.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tierstock.dispatch.adapter.in.rest.PromiseBodies.RevocationBody;
import org.tierstock.dispatch.adapter.in.rest.PromiseBodies.RevocationRequest;
import org.tierstock.dispatch.application.RevokeStock;
import org.tierstock.dispatch.application.port.PromiseQueries;
import org.tierstock.movements.Code;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.runtime.posting.GroupCommit;
import org.tierstock.runtime.problem.Problem;

/** Promised stock asked back by a person's decision (库存同步单). */
@Path("/v1/revocations")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "promises")
@RunOnVirtualThread
public class RevocationResource {
    private final Caller caller;
    private final GroupCommit<RevokeStock.Revoke, RevokeStock.Outcome> revoking;
    private final PromiseQueries promises;

    @Inject
    public RevocationResource(
            Caller caller, GroupCommit<RevokeStock.Revoke, RevokeStock.Outcome> revoking, PromiseQueries promises) {
        this.caller = caller;
        this.revoking = revoking;
        this.promises = promises;
    }

    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "revokeStock",
            summary = "Asks promised stock back; sales gives what it has neither sold nor locked",
            description = "The revocation number makes it idempotent. 409 ACCOUNT_TOO_SMALL or DOCUMENT_REUSED.")
    @APIResponse(
            responseCode = "201",
            description = "The revocation; sales has not answered yet",
            content = @Content(schema = @Schema(implementation = RevocationBody.class)))
    public Response revoke(RevocationRequest request) {
        RevokeStock.Revoke revoke = Bodies.present("body", request).command();
        return Answer.of(
                        revoke,
                        Answer.await(revoking.submit(
                                caller.party(), revoke.key().sku().code(), revoke)))
                .response();
    }

    @GET
    @Path("/{number}")
    @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
    @Operation(operationId = "revocation", summary = "A revocation that a person asked for, and what sales gave")
    public RevocationBody revocation(@PathParam("number") String number) {
        return promises.revocation(Code.number("number", number))
                .map(revocation -> RevocationBody.of(number, revocation))
                .orElseThrow(() -> Problem.notFound("revocation", number));
    }
}
