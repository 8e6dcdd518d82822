package org.tierstock.runtime.inspect;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
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
import org.tierstock.movements.InvalidValue;
import org.tierstock.runtime.exchange.CannotApply;
import org.tierstock.runtime.exchange.ParkedMessageReplay;
import org.tierstock.runtime.fence.Fence;
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

    /** The longest text that is compared with what is kept, in characters. */
    private static final int LONGEST = 1_000;

    private static final int RETRY_AFTER_SECONDS = 5;

    private final ParkedMessageRows rows;
    private final ParkedMessageReplay replay;
    private final Fence fence;
    private final Caller caller;

    @Inject
    ParkedMessagesResource(ParkedMessageRows rows, ParkedMessageReplay replay, Fence fence, Caller caller) {
        this.rows = rows;
        this.replay = replay;
        this.fence = fence;
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

    /** A page of parked messages, oldest first; those settled stay in the list unless it is one of those that wait. */
    @GET
    @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
    @Operation(
            operationId = "listParkedMessages",
            summary = "Messages that could not be applied, with the reason; of one state when it is given")
    public Page<ParkedMessage> list(
            @QueryParam("state") String state,
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor) {
        return rows.page(state(state), Cursor.parse(cursor, KEY_PARTS), Limit.of(limit));
    }

    private static ParkedMessage.State state(String text) {
        if (text == null) {
            return null;
        }
        for (ParkedMessage.State state : ParkedMessage.State.values()) {
            if (state.name().equals(text)) {
                return state;
            }
        }
        throw Problem.malformed("state", "state must be PARKED, REPLAYED or CLOSED, not " + text);
    }

    /** Applies the message now. 409 STILL_PARKED with the reason when that is still not possible. */
    @POST
    @Path("/{id}/replay")
    @PassesFence
    @RolesAllowed(Roles.OPERATOR)
    @Operation(operationId = "replayParkedMessage", summary = "Apply a parked message after its cause has been mended")
    public Settled replay(@PathParam("id") long id) {
        requireNumbersOfItsOwn();
        return settled(id, replay.replay(id, caller.subject()));
    }

    /**
     * Which parked messages to apply, and how many at most. What is absent fits all.
     *
     * @param reason how their reason begins
     * @param limit 1 to 1,000; 100 when absent
     */
    @Schema(name = "ParkedMessagesToReplay")
    public record ToReplay(CannotApply.Because reasonCode, String reason, String type, String queue, Integer limit) {}

    /**
     * What became of several parked messages.
     *
     * @param replayed how many have been applied
     * @param stillParked how many still cannot be
     * @param next the cursor to go on behind the last one that was tried; absent when there are no more
     */
    @Schema(name = "ReplayedMessages")
    public record Replayed(int replayed, int stillParked, String next) {}

    /** Applies parked messages of a kind, oldest first, for some 20 seconds at most. 409 REPLAYS_RUNNING while another does. */
    @POST
    @Path("/replays")
    @Consumes(MediaType.APPLICATION_JSON)
    @PassesFence
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "replayParkedMessages",
            summary = "Apply the parked messages of a kind after its cause has been mended")
    public Replayed replayAll(ToReplay wanted, @QueryParam("cursor") String cursor) {
        requireAKind(wanted);
        requireNumbersOfItsOwn();
        Cursor after = Cursor.parse(cursor, KEY_PARTS);
        ParkedMessageReplay.Replays replays = replay.replayAll(
                        wanted.reasonCode() == null ? null : wanted.reasonCode().name(),
                        text("reason", wanted.reason()),
                        text("type", wanted.type()),
                        text("queue", wanted.queue()),
                        after == null ? 0 : after.number(0),
                        Limit.of(wanted.limit()).rows(),
                        caller.subject())
                .orElseThrow(() -> Problem.of(
                                409,
                                "REPLAYS_RUNNING",
                                "This replica replays others already; ask again when it has answered.")
                        .retryAfterSeconds(RETRY_AFTER_SECONDS));
        return new Replayed(
                replays.replayed(),
                replays.stillParked(),
                replays.last().isPresent()
                        ? Cursor.of(replays.last().getAsLong()).text()
                        : null);
    }

    /** Messages are replayed when their cause is mended, and no cause is that of all. */
    private static void requireAKind(ToReplay wanted) {
        if (wanted.reasonCode() == null && wanted.reason() == null && wanted.type() == null && wanted.queue() == null) {
            throw Problem.malformed("reasonCode", "Say which messages: by reasonCode, reason, type or queue.");
        }
    }

    /** A replay writes messages: in a history that was set back, and has no new epoch, their numbers would be used twice. */
    private void requireNumbersOfItsOwn() {
        if (!fence.mayPost()) {
            throw Problem.of(
                    409,
                    "NUMBERS_IN_DOUBT",
                    "A replay waits until the layer is open, or its repair has begun a new epoch. " + fence.reason());
        }
    }

    private static String text(String field, String value) {
        if (value != null && (value.length() > LONGEST || value.indexOf('\0') >= 0)) {
            throw new InvalidValue(field, "must be at most " + LONGEST + " characters, none of them NUL");
        }
        return value;
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
