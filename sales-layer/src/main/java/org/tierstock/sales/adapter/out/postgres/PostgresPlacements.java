package org.tierstock.sales.adapter.out.postgres;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tierstock.movements.Book;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.runtime.sql.Database;
import org.tierstock.sales.application.port.Placements;
import org.tierstock.sales.domain.Order;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.SalesBucket;
import org.tierstock.sales.domain.StockKey;

/** Placing in one round trip, whatever the number of orders; after a look in two, and in three when some were placed before. */
@Singleton
class PostgresPlacements implements Placements {
    private final Database database;
    private final StockKeys keys;
    private final PostgresStockRows stockRows;
    private final PostgresOrders orders;

    @Inject
    PostgresPlacements(Database database, StockKeys keys, PostgresStockRows stockRows, PostgresOrders orders) {
        this.database = database;
        this.keys = keys;
        this.stockRows = stockRows;
        this.orders = orders;
    }

    @Override
    public Opened open(Collection<StockKey> wanted, Collection<OrderNumber> numbers) {
        Collection<Long> rows = keys.rows(wanted).values();
        Database.Both<PostgresStockRows.Balance, OrderNumber> read =
                database.query(PostgresStockRows.locking(rows), PostgresOrders.existing(numbers));
        if (read.first().size() < rows.size()) {
            // Some ids name no row: lock what there is, and only then look for the orders.
            return new Opened(stockRows.lock(wanted), orders.load(numbers));
        }
        // Most numbers are new. What is known of the others is worth a third round trip.
        return new Opened(
                stockRows.locked(read.first()), read.second().isEmpty() ? Map.of() : orders.load(read.second()));
    }

    @Override
    public Optional<Instant> placeUnseen(List<Order> placed, Book<StockKey, SalesBucket> book) {
        Set<StockKey> moved = book.changes().keySet();
        Map<StockKey, Long> rows = keys.rows(moved);
        if (rows.size() < moved.size()) {
            return Optional.empty();
        }
        return database.attempt(PostgresStockRows.locking(rows.values()), writes(placed, book, rows))
                .map(locked -> locked.getFirst().at());
    }

    @Override
    public void place(List<Order> placed, Book<StockKey, SalesBucket> book) {
        Set<StockKey> named = new HashSet<>(book.changes().keySet());
        placed.forEach(order -> order.lines().forEach(line -> named.add(line.key())));
        database.updateExactly(writes(placed, book, keys.rows(named)));
    }

    private List<Database.Write> writes(
            List<Order> placed, Book<StockKey, SalesBucket> book, Map<StockKey, Long> rows) {
        List<Database.Write> writes = new ArrayList<>(orders.inserts(placed, rows));
        writes.addAll(stockRows.writes(book, rows, Numbers.NONE));
        return writes;
    }
}
