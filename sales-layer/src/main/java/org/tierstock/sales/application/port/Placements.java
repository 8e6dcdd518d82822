package org.tierstock.sales.application.port;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tierstock.movements.Book;
import org.tierstock.sales.domain.Order;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.SalesBucket;
import org.tierstock.sales.domain.StockKey;

/** What placing orders needs of stock and orders together: one look and one write, since it is the layer's hottest path. */
public interface Placements {
    /**
     * Stock that this transaction may move, and the orders that existed once it was locked.
     *
     * @param known the orders, by number
     */
    record Opened(StockRows.Locked stock, Map<OrderNumber, Order> known) {}

    /** Locks the rows of these keys as {@link StockRows#lock} does, and then looks for these orders. */
    Opened open(Collection<StockKey> keys, Collection<OrderNumber> numbers);

    /**
     * Locks the rows of what was moved, and stores orders and movements that were decided without a look at them: all, or
     * none when a bucket would fall below zero, when a key has no row, or when a number is taken.
     *
     * @param book of movements that take what they need for granted
     * @return the time of this transaction, at which the orders are placed; empty when nothing was done, and then the
     *     transaction may go on
     */
    Optional<Instant> placeUnseen(List<Order> orders, Book<StockKey, SalesBucket> book);

    /**
     * Stores new orders, placed at the time at which the stock was locked, and what they moved. When another transaction
     * stored one of the numbers first, this one fails and may be run again.
     */
    void place(List<Order> orders, Book<StockKey, SalesBucket> book);
}
