package org.tierstock.warehouse.adapter.in.rest;

import org.jboss.logging.Logger;
import org.tierstock.runtime.trace.TraceContext;
import org.tierstock.warehouse.domain.OutboundOrder;
import org.tierstock.warehouse.domain.ShipOutcome;

/** Logs shipments in the trace of their order, which began at the sales layer. */
final class ShipmentLog {
    private static final Logger LOG = Logger.getLogger(ShipmentLog.class);

    private ShipmentLog() {}

    static void log(OutboundOrder order, ShipOutcome outcome) {
        if (outcome instanceof ShipOutcome.Shipped shipped && !shipped.replayed()) {
            TraceContext.continuing(order.traceParent())
                    .run(() -> LOG.infof(
                            "Outbound %s of order %s: %d of %d units shipped from %s",
                            order.outbound(),
                            order.order(),
                            shipped.goods().quantity(),
                            order.quantity(),
                            order.warehouse()));
        }
    }
}
