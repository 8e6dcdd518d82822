package org.tierstock.sales.application.port;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.sales.domain.Order;
import org.tierstock.sales.domain.OrderNumber;

/** The orders, by number. */
public interface Orders {
    /** Those of these orders that exist. What their stock rows guard is stable while those are locked. */
    Map<OrderNumber, Order> load(Collection<OrderNumber> numbers);

    /**
     * Stores those lines of orders that have changed. All the orders exist and are locked.
     *
     * @param handOvers of lines that are paid by this transaction, with their numbers: once dispatch has acknowledged the
     *     number, the line is HANDED
     */
    void update(Collection<Changed<Order>> orders, List<HandOver> handOvers, Numbers numbers);
}
