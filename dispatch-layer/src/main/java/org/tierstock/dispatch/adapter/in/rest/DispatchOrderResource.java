package org.tierstock.dispatch.adapter.in.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.tierstock.dispatch.adapter.in.rest.OrderBodies.DispatchOrderBody;
import org.tierstock.dispatch.application.port.DispatchOrderQueries;
import org.tierstock.movements.Code;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.problem.Problem;

/** Dispatch orders (发货单): which nodes ship which orders (S36). */
@Path("/v1/dispatch-orders")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "dispatch-orders")
@RunOnVirtualThread
public class DispatchOrderResource {
    private final DispatchOrderQueries orders;

    @Inject
    public DispatchOrderResource(DispatchOrderQueries orders) {
        this.orders = orders;
    }

    @GET
    @Path("/{order}")
    @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
    @Operation(operationId = "dispatchOrder", summary = "An order with its lines and what warehouses ship for them")
    public DispatchOrderBody order(@PathParam("order") String order) {
        List<DispatchOrderQueries.Order> found =
                orders.list(Code.number("order", order), null, 0, 1).orders();
        if (found.isEmpty()) {
            throw Problem.notFound("dispatch order", order);
        }
        return DispatchOrderBody.of(
                found.getFirst(), orders.lines(List.of(order)).getOrDefault(order, List.of()));
    }

    @GET
    @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
    @Operation(
            operationId = "dispatchOrders",
            summary = "Orders in the order they were handed over",
            description =
                    "OPEN: something is still to be shipped or covered. SHORT: something is short. CLOSED: nothing is"
                            + " left to do. A page has at most 10000 lines and outbounds, or one order: it may hold fewer"
                            + " orders than the limit and yet have a next one.")
    public Page<DispatchOrderBody> list(
            @QueryParam("order") String order,
            @QueryParam("state") DispatchOrderQueries.State state,
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor) {
        Cursor after = Cursor.parse(cursor, 1);
        DispatchOrderQueries.Found found = orders.list(
                order == null ? null : Code.number("order", order),
                state,
                after == null ? 0 : after.number(0),
                Limit.of(limit).rows());
        Page<DispatchOrderQueries.Order> page = Page.of(found.orders(), found.more(), last -> Cursor.of(last.rank()));
        Map<String, List<DispatchOrderQueries.Line>> lines = orders.lines(
                page.items().stream().map(DispatchOrderQueries.Order::order).toList());
        return page.map(one -> DispatchOrderBody.of(one, lines.getOrDefault(one.order(), List.of())));
    }
}
