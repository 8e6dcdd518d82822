package org.tierstock.dispatch.application.port;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.tierstock.dispatch.domain.DispatchLine;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.runtime.QueryPort;

/** Dispatch orders (发货单) and shortages (缺货单) to look at. */
@QueryPort
public interface DispatchOrderQueries {
    /** Which orders. */
    enum State {
        /** Something is still to be shipped or covered. */
        OPEN,
        /** Something is short. */
        SHORT,
        /** Nothing is left to do. */
        CLOSED
    }

    /**
     * An order as it was handed over.
     *
     * @param rank its place in the list
     */
    record Order(String order, long rank, String shipRegion, String deliveryMethod, Instant handedOverAt) {}

    /** Orders of a list, and whether it goes on behind them. */
    record Found(List<Order> orders, boolean more) {
        public Found {
            orders = List.copyOf(orders);
        }
    }

    /** A line with what warehouses are asked to ship for it, oldest first. */
    record Line(DispatchLine line, List<Outbound> outbounds) {
        public Line {
            outbounds = List.copyOf(outbounds);
        }
    }

    /**
     * A line of which something is short.
     *
     * @param rank its place in the list
     */
    record Shortage(DispatchLine line, long rank, Instant handedOverAt) {}

    /**
     * Orders in the order they were handed over. At most so many, and fewer when their lines, and what warehouses are asked
     * to ship for them, would be too many.
     *
     * @param order null for all
     * @param state null for all
     * @param after the rank after which the page begins
     */
    Found list(String order, State state, long after, int limit);

    /** The lines of these orders, by order number, each in line order. */
    Map<String, List<Line>> lines(Collection<String> orders);

    /**
     * Short lines, oldest first.
     *
     * @param sku null for all
     * @param after the rank after which the page begins
     */
    List<Shortage> shortages(String sku, long after, int limit);
}
