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
import org.tierstock.dispatch.adapter.in.rest.PromiseBodies.GrantBody;
import org.tierstock.dispatch.adapter.in.rest.PromiseBodies.GrantRequest;
import org.tierstock.dispatch.application.GrantStock;
import org.tierstock.dispatch.application.port.PromiseQueries;
import org.tierstock.movements.Code;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.runtime.identity.Scoped;
import org.tierstock.runtime.posting.GroupCommit;
import org.tierstock.runtime.problem.Problem;

/** Stock promised to a channel by a person's decision (库存同步单, S14). */
@Path("/v1/grants")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "promises")
@RunOnVirtualThread
public class GrantResource {
    private final Caller caller;
    private final GroupCommit<GrantStock.Grant, GrantStock.Outcome> granting;
    private final PromiseQueries promises;

    @Inject
    public GrantResource(
            Caller caller, GroupCommit<GrantStock.Grant, GrantStock.Outcome> granting, PromiseQueries promises) {
        this.caller = caller;
        this.granting = granting;
        this.promises = promises;
    }

    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Scoped
    @Operation(
            operationId = "grantStock",
            summary = "Promises free stock of a cell to a channel key, wholly or not at all",
            description =
                    "The grant number makes it idempotent. 409 NOT_SERVED, INSUFFICIENT_STOCK, SHORT_LINE_WAITS or"
                            + " DOCUMENT_REUSED.")
    @APIResponse(
            responseCode = "201",
            description = "The grant",
            content = @Content(schema = @Schema(implementation = GrantBody.class)))
    public Response grant(GrantRequest request) {
        GrantStock.Grant grant = Bodies.present("body", request).command();
        caller.needsChannel(grant.key().channel());
        caller.needsWarehouse(grant.cell().node().node());
        caller.needsOwner(grant.cell().node().owner());
        return Answer.of(
                        grant,
                        Answer.await(granting.submit(
                                caller.party(), grant.cell().sku().code(), grant)))
                .response();
    }

    @GET
    @Path("/{number}")
    @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
    @Operation(operationId = "grant", summary = "A grant that a person made")
    public GrantBody grant(@PathParam("number") String number) {
        return promises.grant(Code.number("number", number))
                .map(GrantBody::of)
                .orElseThrow(() -> Problem.notFound("grant", number));
    }
}
