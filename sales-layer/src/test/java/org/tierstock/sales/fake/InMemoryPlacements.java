package org.tierstock.sales.fake;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tierstock.movements.Book;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.sales.application.port.Placements;
import org.tierstock.sales.application.port.StockRows;
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
    public Optional<Instant> placeUnseen(List<Order> placed, Book<StockKey, SalesBucket> book) {
        StockRows.Locked locked = stockRows.lock(book.changes().keySet());
        List<OrderNumber> numbers = placed.stream().map(Order::number).toList();
        if (!admits(locked.book(), book.changes()) || !orders.load(numbers).isEmpty()) {
            return Optional.empty();
        }
        place(placed.stream().map(order -> order.at(locked.at())).toList(), book);
        return Optional.of(locked.at());
    }

    private static boolean admits(Book<StockKey, SalesBucket> book, Map<StockKey, long[]> changes) {
        return changes.entrySet().stream()
                .allMatch(change -> book.knows(change.getKey())
                        && Arrays.stream(SalesBucket.values())
                                .allMatch(bucket ->
                                        book.balance(change.getKey(), bucket) + change.getValue()[bucket.ordinal()]
                                                >= 0));
    }

    @Override
    public void place(List<Order> placed, Book<StockKey, SalesBucket> book) {
        orders.insert(placed);
        stockRows.post(book, Numbers.NONE);
    }
}
