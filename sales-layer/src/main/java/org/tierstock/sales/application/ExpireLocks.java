package org.tierstock.sales.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.sales.application.port.Orders;
import org.tierstock.sales.application.port.StockRows;
import org.tierstock.sales.domain.Order;
import org.tierstock.sales.domain.OrderNumber;

/** Gives the locks of orders back that were not paid in time (S11). */
@ApplicationScoped
public class ExpireLocks {
    private final StockRows stockRows;
    private final Orders orders;

    @Inject
    public ExpireLocks(StockRows stockRows, Orders orders) {
        this.stockRows = stockRows;
        this.orders = orders;
    }

    /**
     * Expires orders of these partitions whose time is up by the database's clock. A payment that came first wins.
     *
     * @param limit how many at most
     * @return how many were looked at: as many as {@code limit} when there may be more
     */
    @Transactional
    public int expire(Set<Integer> partitions, int limit) {
        List<OrderNumber> due = orders.due(partitions, limit);
        if (due.isEmpty()) {
            return 0;
        }
        LockedOrders locked = LockedOrders.of(due, Function.identity(), stockRows, orders);
        for (OrderNumber number : due) {
            Order order = locked.get(number);
            if (order.due(locked.stock().at())) {
                locked.put(order.expire(locked.book()));
            }
        }
        if (!locked.changed().isEmpty()) {
            orders.update(locked.changed(), List.of(), Numbers.NONE);
            stockRows.post(locked.book(), Numbers.NONE);
        }
        return due.size();
    }
}
