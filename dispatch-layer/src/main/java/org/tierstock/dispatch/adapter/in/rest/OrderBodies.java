package org.tierstock.dispatch.adapter.in.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.tierstock.dispatch.adapter.in.rest.PromiseBodies.CellBody;
import org.tierstock.dispatch.application.port.DispatchOrderQueries;
import org.tierstock.dispatch.domain.DispatchLine;
import org.tierstock.dispatch.domain.Outbound;

/** The JSON of dispatch orders and shortages. Quantities are whole units, instants UTC. */
final class OrderBodies {
    private OrderBodies() {}

    /** An order as it was handed over, and what became of its lines. */
    record DispatchOrderBody(
            String order,
            String shipRegion,
            String deliveryMethod,
            Instant handedOverAt,
            List<DispatchLineBody> lines) {
        static DispatchOrderBody of(DispatchOrderQueries.Order order, List<DispatchOrderQueries.Line> lines) {
            return new DispatchOrderBody(
                    order.order(),
                    order.shipRegion(),
                    order.deliveryMethod(),
                    order.handedOverAt(),
                    lines.stream().map(DispatchLineBody::of).toList());
        }
    }

    /** {@code quantity = allocated + shipped + short + cancelled}. */
    record DispatchLineBody(
            int line,
            String sku,
            String key,
            long quantity,
            long allocated,
            long shipped,
            @JsonProperty("short") long shortage,
            long cancelled,
            long pendingCancel,
            List<OutboundBody> outbounds) {
        static DispatchLineBody of(DispatchOrderQueries.Line stored) {
            DispatchLine line = stored.line();
            return new DispatchLineBody(
                    line.number().line(),
                    line.key().sku().code(),
                    line.key().text(),
                    line.quantity(),
                    line.allocated(),
                    line.shipped(),
                    line.shortage(),
                    line.cancelled(),
                    line.open(),
                    stored.outbounds().stream().map(OutboundBody::of).toList());
        }
    }

    /** {@code quantity = remaining + refused + shipped + lost + cancelled}. */
    record OutboundBody(
            String outbound,
            CellBody cell,
            Outbound.State state,
            long quantity,
            long remaining,
            long refused,
            long shipped,
            long lost,
            long cancelled) {
        static OutboundBody of(Outbound outbound) {
            return new OutboundBody(
                    outbound.id(),
                    CellBody.of(outbound.cell()),
                    outbound.state(),
                    outbound.quantity(),
                    outbound.remaining(),
                    outbound.refused(),
                    outbound.shipped(),
                    outbound.lost(),
                    outbound.cancelled());
        }
    }

    /** A line of which something is short. */
    record ShortageBody(
            String order,
            int line,
            String sku,
            String key,
            long quantity,
            @JsonProperty("short") long shortage,
            Instant handedOverAt) {
        static ShortageBody of(DispatchOrderQueries.Shortage stored) {
            DispatchLine line = stored.line();
            return new ShortageBody(
                    line.number().order(),
                    line.number().line(),
                    line.key().sku().code(),
                    line.key().text(),
                    line.quantity(),
                    line.shortage(),
                    stored.handedOverAt());
        }
    }

    /** A shortage that was given up. */
    record ClosureBody(String order, int line, long closed) {}
}
