package org.tierstock.dispatch.adapter.in.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tierstock.dispatch.adapter.in.rest.OrderBodies.ClosureBody;
import org.tierstock.dispatch.application.CloseOutbounds.Outcome;
import org.tierstock.movements.Code;
import org.tierstock.runtime.changes.Signed;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.runtime.posting.GroupCommit;
import org.tierstock.runtime.problem.Problem;

/** What a person can do about an outbound (出库单) that cannot go on. */
@Path("/v1/outbounds")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "dispatch-orders")
@RunOnVirtualThread
public class OutboundResource {
    private final Caller caller;
    private final GroupCommit<Signed<String>, Outcome> closing;

    @Inject
    public OutboundResource(Caller caller, GroupCommit<Signed<String>, Outcome> closing) {
        this.caller = caller;
        this.closing = closing;
    }

    @POST
    @Path("/{outbound}/closure")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "closeOutbound",
            summary = "Gives up an outbound that its warehouse does not know: its goods are free, its line is short",
            description =
                    "The warehouse is asked once more: 409 OUTBOUND_KNOWN when it knows it. 409 NOTHING_ASKED when it is not"
                            + " asked about it, as after it was given up.")
    public ClosureBody close(@PathParam("outbound") String outbound) {
        String id = Code.number("outbound", outbound);
        return switch (Answer.await(closing.submit(caller.party(), id, new Signed<>(id, caller.actor())))) {
            case Outcome.Closed closed ->
                new ClosureBody(
                        closed.before().line().order(), closed.before().line().line(), closed.quantity());
            case Outcome.NothingAsked() ->
                throw Problem.of(409, "NOTHING_ASKED", "Its warehouse is not asked about outbound " + id + ".");
            case Outcome.Known() -> throw Problem.of(409, "OUTBOUND_KNOWN", "Its warehouse knows outbound " + id + ".");
            case Outcome.NotSaid(String reason) ->
                throw Problem.of(503, Problem.UNAVAILABLE, "Nothing was done: " + reason);
            case Outcome.UnknownOutbound() -> throw Problem.notFound("outbound", id);
        };
    }
}
