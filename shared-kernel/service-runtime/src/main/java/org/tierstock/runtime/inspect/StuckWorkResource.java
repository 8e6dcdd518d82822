package org.tierstock.runtime.inspect;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.work.PostgresStuckWork;

/** Work that cannot be done for a subject: shown until it has been done, or is due no more. */
@Path("/v1/stuck-work")
@Tag(name = "operations")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class StuckWorkResource {
    private static final int KEY_PARTS = 2;

    private final PostgresStuckWork stuck;

    @Inject
    StuckWorkResource(PostgresStuckWork stuck) {
        this.stuck = stuck;
    }

    /**
     * A subject that a work cannot be done for.
     *
     * @param work the name of the work, as in the gauges
     * @param subject a SKU, an order, a warehouse: whatever the work is done on
     * @param reason why it could not be done last time
     * @param since when it could not be done first, UTC
     * @param tries how often it could not be done since
     */
    @Schema(name = "StuckSubject")
    public record StuckSubject(String work, String subject, String reason, Instant since, int tries) {}

    /** A page of what is stuck, by work and subject. Each is tried again by itself, at the latest after a minute. */
    @GET
    @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
    @Operation(operationId = "listStuckWork", summary = "What a job cannot do, with the reason; all else goes on")
    public Page<StuckSubject> list(@QueryParam("limit") Integer limit, @QueryParam("cursor") String cursor) {
        return stuck.page(Cursor.parse(cursor, KEY_PARTS), Limit.of(limit))
                .map(one -> new StuckSubject(one.work(), one.subject(), one.reason(), one.since(), one.tries()));
    }
}
