package org.tierstock.dispatch.adapter.in.rest;

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
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tierstock.dispatch.adapter.in.rest.OrderBodies.ClosureBody;
import org.tierstock.dispatch.adapter.in.rest.OrderBodies.ShortageBody;
import org.tierstock.dispatch.application.CloseShortages.Outcome;
import org.tierstock.dispatch.application.port.DispatchOrderQueries;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.movements.Code;
import org.tierstock.movements.Sku;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.posting.GroupCommit;
import org.tierstock.runtime.problem.Problem;

/** Shortages (缺货单): what was paid and no node can ship yet (S15). */
@Path("/v1/shortages")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "dispatch-orders")
@RunOnVirtualThread
public class ShortageResource {
    private final Caller caller;
    private final DispatchOrderQueries orders;
    private final GroupCommit<LineNumber, Outcome> closing;

    @Inject
    public ShortageResource(Caller caller, DispatchOrderQueries orders, GroupCommit<LineNumber, Outcome> closing) {
        this.caller = caller;
        this.orders = orders;
        this.closing = closing;
    }

    @GET
    @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
    @Operation(operationId = "shortages", summary = "Short lines, oldest first")
    public Page<ShortageBody> list(
            @QueryParam("sku") String sku, @QueryParam("limit") Integer limit, @QueryParam("cursor") String cursor) {
        Cursor after = Cursor.parse(cursor, 1);
        Limit rows = Limit.of(limit);
        List<DispatchOrderQueries.Shortage> found = orders.shortages(
                sku == null ? null : new Sku(sku).code(), after == null ? 0 : after.number(0), rows.plusOne());
        return Page.of(found, rows, last -> Cursor.of(last.rank())).map(ShortageBody::of);
    }

    @POST
    @Path("/{order}/{line}/closure")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "closeShortage",
            summary = "Gives up what is short of a line now: the sale is reversed, the money must go back",
            description = "Repeating it finds nothing short: 409 NOTHING_SHORT.")
    public ClosureBody close(@PathParam("order") String order, @PathParam("line") int line) {
        LineNumber number = new LineNumber(Code.number("order", order), line);
        return switch (Answer.await(closing.submit(caller.party(), order, number))) {
            case Outcome.Closed(long quantity) -> new ClosureBody(order, line, quantity);
            case Outcome.NothingShort() ->
                throw Problem.of(409, "NOTHING_SHORT", "Nothing of line " + number + " is short.");
            case Outcome.UnknownLine() -> throw Problem.notFound("dispatch line", number.toString());
        };
    }
}
