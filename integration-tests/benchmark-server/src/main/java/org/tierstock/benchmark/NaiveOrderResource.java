package org.tierstock.benchmark;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.List;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.identity.Roles;
import org.tierstock.runtime.identity.Scoped;
import org.tierstock.sales.v1.OrderLine;
import org.tierstock.sales.v1.PlaceRequest;

/** The naive transaction through REST, a virtual thread a request. */
@Path("/benchmark/v1/orders")
@RolesAllowed(Roles.CHANNEL)
@Scoped
public class NaiveOrderResource {
    private final NaiveOrders orders;
    private final Caller caller;

    @Inject
    public NaiveOrderResource(NaiveOrders orders, Caller caller) {
        this.orders = orders;
        this.caller = caller;
    }

    /** An order asked for, as the sales layer's resource takes it. */
    public record Asked(String channel, String channelOrderNumber, List<Line> lines) {}

    /** One line asked for. */
    public record Line(String sku, long quantity) {}

    /** An order placed. */
    public record Placed(String orderNumber, String channel, String state, List<Line> lines) {}

    @POST
    @RunOnVirtualThread
    public Response place(Asked asked) throws SQLException {
        caller.needsChannel(asked.channel());
        PlaceRequest.Builder order =
                PlaceRequest.newBuilder().setChannel(asked.channel()).setChannelOrderNumber(asked.channelOrderNumber());
        for (Line line : asked.lines()) {
            order.addLines(OrderLine.newBuilder().setSku(line.sku()).setQuantity(line.quantity()));
        }
        var outcome = orders.place(order.build());
        return outcome.hasPlaced()
                ? Response.status(Response.Status.CREATED)
                        .entity(new Placed(
                                outcome.getPlaced().getOrderNumber(), asked.channel(), "PLACED", asked.lines()))
                        .build()
                : Response.status(Response.Status.CONFLICT).build();
    }
}
