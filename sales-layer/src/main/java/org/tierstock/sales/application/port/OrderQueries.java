package org.tierstock.sales.application.port;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tierstock.runtime.QueryPort;
import org.tierstock.sales.domain.Order;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.OrderState;

/** Reads orders. */
@QueryPort
public interface OrderQueries {
    /**
     * Which orders.
     *
     * @param anyChannel of whatever channel; otherwise of these
     * @param state in this state; empty: in any
     */
    record Filter(boolean anyChannel, Set<String> channels, Optional<OrderState> state) {}

    /** Orders of a list, and whether it goes on behind them. */
    record Found(List<Order> orders, boolean more) {
        public Found {
            orders = List.copyOf(orders);
        }
    }

    /** The order of that number. */
    Optional<Order> find(OrderNumber number);

    /**
     * Orders by number, from the one after {@code after}; empty: from the first. At most so many, and fewer when their lines
     * would be too many.
     */
    Found list(Filter filter, String after, int limit);
}
