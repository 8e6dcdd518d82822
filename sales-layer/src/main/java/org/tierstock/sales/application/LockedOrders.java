package org.tierstock.sales.application;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.tierstock.movements.Book;
import org.tierstock.sales.application.port.Changed;
import org.tierstock.sales.application.port.Orders;
import org.tierstock.sales.application.port.StockRows;
import org.tierstock.sales.domain.Order;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.SalesBucket;
import org.tierstock.sales.domain.StockKey;

/**
 * Orders whose stock rows this transaction holds, as they are and as they become. Because everything that changes an order
 * holds the rows of its lines first, nobody else changes them meanwhile.
 */
final class LockedOrders {
    private final StockRows.Locked locked;
    private final Changing<OrderNumber, Order> orders;

    private LockedOrders(StockRows.Locked locked, Map<OrderNumber, Order> orders) {
        this.locked = locked;
        this.orders = new Changing<>(orders);
    }

    /** Locks the orders that the commands are about, and then reads them. */
    static <C> LockedOrders of(List<C> commands, Function<C, OrderNumber> order, StockRows stockRows, Orders orders) {
        Set<OrderNumber> numbers = LinkedHashSet.newLinkedHashSet(commands.size());
        for (C command : commands) {
            numbers.add(order.apply(command));
        }
        StockRows.Locked locked = stockRows.lockOf(numbers);
        return new LockedOrders(locked, orders.load(numbers));
    }

    Book<StockKey, SalesBucket> book() {
        return locked.book();
    }

    StockRows.Locked stock() {
        return locked;
    }

    /** The order as it is now; null when there is none, or when it was placed after the rows were locked. */
    Order get(OrderNumber number) {
        Order order = orders.get(number);
        return order != null && order.lines().stream().allMatch(line -> book().knows(line.key())) ? order : null;
    }

    /** The order as this transaction leaves it. */
    void put(Order after) {
        orders.put(after.number(), after);
    }

    Collection<Changed<Order>> changed() {
        return orders.changed();
    }
}
