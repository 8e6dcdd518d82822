package org.tierstock.runtime.inspect;

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

/** The book against its own ledger (S113). */
@Path("/v1/audits")
@Tag(name = "operations")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@PassesFence
@RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
public class AuditsResource {
    private static final int KEY_PARTS = 1;

    private final Audits audits;
    private final AuditRows rows;
    private final CheckAnswers answers;
    private final Caller caller;

    @Inject
    AuditsResource(Audits audits, AuditRows rows, CheckAnswers answers, Caller caller) {
        this.audits = audits;
        this.rows = rows;
        this.answers = answers;
        this.caller = caller;
    }

    /** Begins an audit in the background, or joins the one that is running. It reads in bounded chunks and changes nothing. */
    @POST
    @Operation(
            operationId = "audit",
            summary = "Compare every balance with the sum of its movements",
            description =
                    "It runs in the background, one at a time; fetch its result at the Location, or wait for it by the"
                            + " header Prefer: wait=30 (seconds, at most 60). While one is running it is answered instead of a"
                            + " new one, or 409 CHECK_RUNNING when it compares something else.")
    @APIResponse(
            responseCode = "201",
            description = "It has ended, DONE or FAILED",
            content = @Content(schema = @Schema(implementation = Audit.class)))
    @APIResponse(
            responseCode = "202",
            description = "It is running",
            content = @Content(schema = @Schema(implementation = Audit.class)))
    public RestResponse<Audit> audit(
            @Parameter(
                            description =
                                    "Only what lies in this warehouse, or at dispatch in its nodes; both layers know"
                                            + " warehouses, sales does not",
                            example = "WH1")
                    @QueryParam("warehouse")
                    String warehouse,
            @Parameter(description = "Only this SKU; with a warehouse, only there", example = "COLA") @QueryParam("sku")
                    String sku,
            @Parameter(description = "wait=N waits N seconds for the end, at most 60") @HeaderParam("Prefer")
                    String prefer) {
        Part part = audits.required(Part.parse(warehouse, sku));
        return answers.begin(audits, part, caller.subject(), prefer, "/v1/audits", rows::withDifferences);
    }

    /** Past audits, newest first, without their differences. */
    @GET
    @Operation(operationId = "listAudits", summary = "Past audits, newest first")
    public Page<Audit> list(@QueryParam("limit") Integer limit, @QueryParam("cursor") String cursor) {
        return rows.page(Cursor.parse(cursor, KEY_PARTS), Limit.of(limit));
    }

    /** One audit with its differences. */
    @GET
    @Path("/{number}")
    @Operation(operationId = "showAudit", summary = "An audit with its differences")
    public Audit show(@PathParam("number") String number) {
        return rows.find(Code.number("number", number)).orElseThrow(() -> Problem.notFound("audit", number));
    }
}
