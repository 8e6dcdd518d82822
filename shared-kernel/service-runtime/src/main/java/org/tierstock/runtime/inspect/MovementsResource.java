package org.tierstock.runtime.inspect;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.readers.Spools;

/** The ledger, by SKU, document and time (S27, S113). */
@Path("/v1/movements")
@Tag(name = "operations")
@RunOnVirtualThread
@RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
public class MovementsResource {
    private static final int KEY_PARTS = 1;

    private final Movements movements;
    private final Spools spools;

    @Inject
    MovementsResource(Movements movements, Spools spools) {
        this.movements = movements;
        this.spools = spools;
    }

    /**
     * A page of movements in the order of the ledger; all parameters narrow it. Without SKU, document and from it begins
     * an hour ago.
     */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "listMovements",
            summary = "Movements by SKU, document and time, in the ledger's order; as a whole by Accept: text/csv")
    public Page<RecordedMovement> list(
            @QueryParam("sku") String sku,
            @QueryParam("document") String document,
            @QueryParam("from") String from,
            @QueryParam("to") String to,
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor) {
        return movements.page(
                MovementFilter.parse(sku, document, from, to), Cursor.parse(cursor, KEY_PARTS), Limit.of(limit));
    }

    /** All movements that the parameters leave, as CSV lines: all, or a problem. */
    @GET
    @Produces("text/csv;qs=0.5")
    @Operation(hidden = true)
    @APIResponse(content = @Content(mediaType = "text/csv", schema = @Schema(implementation = String.class)))
    public StreamingOutput csv(
            @QueryParam("sku") String sku,
            @QueryParam("document") String document,
            @QueryParam("from") String from,
            @QueryParam("to") String to) {
        MovementFilter filter = MovementFilter.parse(sku, document, from, to);
        return Csv.of(
                spools,
                lines -> movements.stream(
                        filter,
                        movement -> lines.write(
                                movement.movement(),
                                movement.movedAt(),
                                movement.action(),
                                movement.from().key(),
                                movement.from().bucket(),
                                movement.to().key(),
                                movement.to().bucket(),
                                movement.quantity(),
                                movement.document().kind(),
                                movement.document().number(),
                                movement.document().line())),
                "movement",
                "movedAt",
                "action",
                "fromKey",
                "fromBucket",
                "toKey",
                "toBucket",
                "quantity",
                "documentKind",
                "documentNumber",
                "documentLine");
    }
}
