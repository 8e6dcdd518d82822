package org.tierstock.sales.application.port;

import java.time.Instant;
import java.util.Collection;
import org.tierstock.movements.Book;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.SalesBucket;
import org.tierstock.sales.domain.StockKey;

/**
 * The sales layer's stock. Rows are created once and never deleted.
 *
 * <p>All use cases lock through this port before they read anything else, and all locks are taken in one order. So
 * whoever holds the rows of an order's lines is alone with that order.
 */
public interface StockRows {
    /**
     * Balances that this transaction may move.
     *
     * @param at the start of the transaction, by the database's clock
     */
    record Locked(Book<StockKey, SalesBucket> book, Instant at) {}

    /** Locks the rows of these keys until the end of the transaction. A key that was never granted is not in the book. */
    Locked lock(Collection<StockKey> keys);

    /** The same, creating the rows that are missing. */
    Locked lockOrCreate(Collection<StockKey> keys);

    /** Locks the rows of all lines of these orders. Orders that do not exist lock nothing. */
    Locked lockOf(Collection<OrderNumber> orders);

    /** The committed balances of these keys, without a lock: true when they were read, no longer. */
    Book<StockKey, SalesBucket> glance(Collection<StockKey> keys);

    /** Writes the net balances of the book and its movements to the ledger. */
    void post(Book<StockKey, SalesBucket> book, Numbers numbers);
}
