package org.tierstock.runtime.inspect;

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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tierstock.runtime.exchange.ParkedMessageReplay;
import org.tierstock.runtime.fence.PassesFence;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.problem.Problem;

/** Messages that wait for a person: shown, replayed, or given up. */
@Path("/v1/parked-messages")
@Tag(name = "operations")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ParkedMessagesResource {
    private static final int KEY_PARTS = 1;

    private final ParkedMessageRows rows;
    private final ParkedMessageReplay replay;
    private final Caller caller;

    @Inject
    ParkedMessagesResource(ParkedMessageRows rows, ParkedMessageReplay replay, Caller caller) {
        this.rows = rows;
        this.replay = replay;
        this.caller = caller;
    }

    /**
     * What became of a parked message.
     *
     * @param state REPLAYED or CLOSED
     * @param givenUp of a closed one: whether its number counts as applied now. False when it has none that can be believed,
     *     or had been applied: then it is only set aside, and what follows its number waits as before
     */
    @Schema(name = "SettledMessage")
    public record Settled(long id, String state, Boolean givenUp) {}

    /** A page of parked messages, oldest first; those settled stay in the list. */
    @GET
    @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
    @Operation(operationId = "listParkedMessages", summary = "Messages that could not be applied, with the reason")
    public Page<ParkedMessage> list(@QueryParam("limit") Integer limit, @QueryParam("cursor") String cursor) {
        return rows.page(Cursor.parse(cursor, KEY_PARTS), Limit.of(limit));
    }

    /** Applies the message now. 409 STILL_PARKED with the reason when that is still not possible. */
    @POST
    @Path("/{id}/replay")
    @PassesFence
    @RolesAllowed(Roles.OPERATOR)
    @Operation(operationId = "replayParkedMessage", summary = "Apply a parked message after its cause has been mended")
    public Settled replay(@PathParam("id") long id) {
        return settled(id, replay.replay(id, caller.subject()));
    }

    /** Gives the message up. What its effect would have changed is shown by reconciliation from then on. */
    @POST
    @Path("/{id}/closure")
    @PassesFence
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "closeParkedMessage",
            summary = "Give a parked message up: its number counts as applied, its effect never happens")
    public Settled close(@PathParam("id") long id) {
        return settled(id, replay.close(id, caller.subject()));
    }

    private static Settled settled(long id, ParkedMessageReplay.Outcome outcome) {
        return switch (outcome) {
            case ParkedMessageReplay.Outcome.Replayed replayed -> new Settled(id, "REPLAYED", null);
            case ParkedMessageReplay.Outcome.Closed closed -> new Settled(id, "CLOSED", closed.givenUp());
            case ParkedMessageReplay.Outcome.StillParked still -> throw Problem.of(409, "STILL_PARKED", still.reason());
            case ParkedMessageReplay.Outcome.Unknown unknown ->
                throw Problem.notFound("parked message", Long.toString(id));
        };
    }
}
