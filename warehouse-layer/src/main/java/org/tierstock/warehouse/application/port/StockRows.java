package org.tierstock.warehouse.application.port;

import java.util.Collection;
import org.tierstock.movements.Book;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.warehouse.domain.StockHead;
import org.tierstock.warehouse.domain.StockKey;
import org.tierstock.warehouse.domain.WarehouseBucket;

/** The balances of the warehouse layer and their ledger. */
public interface StockRows {
    /**
     * Locks all stock of these heads, in key order, until the transaction ends. A head that nobody used yet is made.
     *
     * @return the book of every row of theirs that holds anything
     */
    Book<StockKey, WarehouseBucket> lock(Collection<StockHead> heads);

    /**
     * Writes the net balances and the ledger rows of everything that the book posted. When it returns, each balance
     * equals the sum of its movements again.
     *
     * @param numbers the positions of the messages that the book's entries name
     */
    void write(Book<StockKey, WarehouseBucket> book, Numbers numbers);
}
