package org.tierstock.sales.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
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
     * Expires those of these orders whose time is up by the database's clock. A payment that came first wins.
     *
     * @return for each order, in the same order, whether it expired now
     */
    @Transactional
    public List<Boolean> expire(List<OrderNumber> due) {
        LockedOrders locked = LockedOrders.of(due, Function.identity(), stockRows, orders);
        List<Boolean> expired = new ArrayList<>(due.size());
        for (OrderNumber number : due) {
            Order order = locked.get(number);
            boolean now = order != null && order.due(locked.stock().at());
            if (now) {
                locked.put(order.expire(locked.book()));
            }
            expired.add(now);
        }
        if (!locked.changed().isEmpty()) {
            orders.update(locked.changed(), List.of(), Numbers.NONE);
            stockRows.post(locked.book(), Numbers.NONE);
        }
        return expired;
    }
}
