package org.tierstock.runtime.reconcile;

import io.quarkus.arc.properties.UnlessBuildProperty;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.tierstock.movements.Code;
import org.tierstock.runtime.check.CheckAnswers;
import org.tierstock.runtime.check.Part;
import org.tierstock.runtime.fence.PassesFence;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.problem.Problem;

/**
 * 对账: this layer's book against its peer's, at a cut, while both are live. The warehouse layer begins none: dispatch
 * compares itself with every warehouse.
 */
@Path("/v1/reconciliations")
@Tag(name = "operations")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@PassesFence
@RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
@UnlessBuildProperty(name = "tierstock.layer", stringValue = "warehouse", enableIfMissing = true)
public class ReconciliationsResource {
    private static final int KEY_PARTS = 1;

    private final Reconciliations reconciliations;
    private final ReconciliationRows rows;
    private final CheckAnswers answers;
    private final Caller caller;

    @Inject
    ReconciliationsResource(
            Reconciliations reconciliations, ReconciliationRows rows, CheckAnswers answers, Caller caller) {
        this.reconciliations = reconciliations;
        this.rows = rows;
        this.answers = answers;
        this.caller = caller;
    }

    /** Begins a reconciliation in the background, or joins the one that is running. */
    @POST
    @Operation(
            operationId = "reconcile",
            summary = "Compare this layer's positions with its peer's at a cut",
            description =
                    "It runs in the background, one at a time; fetch its result at the Location, or wait for it by the"
                            + " header Prefer: wait=30 (seconds, at most 60). While one is running it is answered instead of a"
                            + " new one, or 409 CHECK_RUNNING when it compares something else.")
    @APIResponse(
            responseCode = "201",
            description = "It has ended, DONE or FAILED",
            content = @Content(schema = @Schema(implementation = Reconciliation.class)))
    @APIResponse(
            responseCode = "202",
            description = "It is running",
            content = @Content(schema = @Schema(implementation = Reconciliation.class)))
    public RestResponse<Reconciliation> run(
            @Parameter(description = "Only this warehouse's book and outbounds; at dispatch") @QueryParam("warehouse")
                    String warehouse,
            @Parameter(description = "Only this SKU") @QueryParam("sku") String sku,
            @Parameter(description = "wait=N waits N seconds for the end, at most 60") @HeaderParam("Prefer")
                    String prefer) {
        Part part = reconciliations.required(Part.parse(warehouse, sku));
        return answers.begin(
                reconciliations, part, caller.subject(), prefer, "/v1/reconciliations", rows::withDifferences);
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
