package org.tierstock.warehouse.application.port;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tierstock.runtime.QueryPort;
import org.tierstock.warehouse.domain.Outbound;

/** Outbound orders to look at. */
@QueryPort
public interface OutboundQueries {
    /** What became of an outbound. */
    enum State {
        /** Something is still locked. */
        OPEN,
        /** Nothing is locked any more, and something was shipped. */
        SHIPPED,
        /** Nothing is locked and nothing was shipped: refused, released or lost. */
        CLOSED;

        /** The state of an outbound. */
        public static State of(Outbound outbound) {
            if (outbound.locked() > 0) {
                return OPEN;
            }
            return outbound.shipped() > 0 ? SHIPPED : CLOSED;
        }
    }

    /**
     * What to list.
     *
     * @param warehouse null for all
     * @param state null for all
     * @param order a sales order's number; null for all
     */
    record Filter(String warehouse, State state, String order, Scope scope) {
        /** True when no warehouse is left out. */
        public boolean ofAllWarehouses() {
            return warehouse == null && scope.allWarehouses();
        }

        /** The only warehouses, unless it is of all. */
        public Set<String> warehouses() {
            return scope.narrowedTo(warehouse);
        }
    }

    /** Where a page of the list ended. */
    record Place(String warehouse, long number, String outbound) {}

    /** Outbounds of a list, and whether it goes on behind them. */
    record Found(List<Outbound> outbounds, boolean more) {
        public Found {
            outbounds = List.copyOf(outbounds);
        }
    }

    /** These outbounds by id; an unknown one is not in it. */
    Map<String, Outbound> find(Collection<String> outbounds);

    /**
     * Outbounds by warehouse and number, beginning after a place; null is the beginning. At most so many, and fewer when the
     * shelves that they hold goods on would be too many.
     */
    Found list(Filter filter, Place after, int limit);
}
