package org.tierstock.sales.fake;

import java.util.Collection;
import java.util.List;
import org.tierstock.movements.Book;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.sales.application.port.Placements;
import org.tierstock.sales.domain.Order;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.SalesBucket;
import org.tierstock.sales.domain.StockKey;

/** Placing on the fakes of stock and orders. */
public final class InMemoryPlacements implements Placements {
    private final InMemoryStockRows stockRows;
    private final InMemoryOrders orders;

    public InMemoryPlacements(InMemoryStockRows stockRows, InMemoryOrders orders) {
        this.stockRows = stockRows;
        this.orders = orders;
    }

    @Override
    public Opened open(Collection<StockKey> keys, Collection<OrderNumber> numbers) {
        return new Opened(stockRows.lock(keys), orders.load(numbers));
    }

    @Override
    public void place(List<Order> placed, Book<StockKey, SalesBucket> book) {
        orders.insert(placed);
        stockRows.post(book, Numbers.NONE);
    }
}
