package org.tierstock.runtime.reconcile;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
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
import org.tierstock.runtime.fence.PassesFence;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.problem.Problem;

/** 对账: this layer's book against its peer's, at a cut, while both are live. */
@Path("/v1/reconciliations")
@Tag(name = "operations")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@PassesFence
@RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
public class ReconciliationsResource {
    private static final int KEY_PARTS = 1;

    private final Reconciliations reconciliations;
    private final ReconciliationRows rows;

    @Inject
    ReconciliationsResource(Reconciliations reconciliations, ReconciliationRows rows) {
        this.reconciliations = reconciliations;
        this.rows = rows;
    }

    /** Reconciles now and answers what differs. 404 at a layer that begins no reconciliations. */
    @POST
    @Operation(operationId = "reconcile", summary = "Compare this layer's positions with its peer's at a cut, now")
    @APIResponse(
            responseCode = "201",
            description = "The positions are compared",
            content = @Content(schema = @Schema(implementation = Reconciliation.class)))
    @APIResponse(responseCode = "404", ref = "Problem")
    public RestResponse<Reconciliation> run() {
        Reconciliation result = reconciliations
                .run()
                .orElseThrow(() -> Problem.of(404, Problem.NOT_FOUND, "This layer begins no reconciliations."));
        return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, result)
                .location(URI.create("/v1/reconciliations/" + result.number()))
                .build();
    }

    /** Past reconciliations, newest first, without their differences. */
    @GET
    @Operation(operationId = "listReconciliations", summary = "Past reconciliations, newest first")
    public Page<Reconciliation> list(@QueryParam("limit") Integer limit, @QueryParam("cursor") String cursor) {
        return rows.page(Cursor.parse(cursor, KEY_PARTS), Limit.of(limit));
    }

    /** One reconciliation with its differences. */
    @GET
    @Path("/{number}")
    @Operation(operationId = "showReconciliation", summary = "A reconciliation with its differences")
    public Reconciliation show(@PathParam("number") String number) {
        return rows.find(Code.number("number", number)).orElseThrow(() -> Problem.notFound("reconciliation", number));
    }
}
