package org.tierstock.sales.adapter.out.postgres;

import static java.util.function.Predicate.not;
import static org.tierstock.sales.domain.SalesBucket.HELD;
import static org.tierstock.sales.domain.SalesBucket.LOCKED;
import static org.tierstock.sales.domain.SalesBucket.SELLABLE;
import static org.tierstock.sales.domain.SalesBucket.SOLD;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.tierstock.movements.Book;
import org.tierstock.runtime.clock.DatabaseClock;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.runtime.ledger.Ledger;
import org.tierstock.runtime.sql.Database;
import org.tierstock.sales.application.port.StockRows;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.SalesBucket;
import org.tierstock.sales.domain.StockKey;

/** Stock rows in PostgreSQL, locked by {@code FOR UPDATE} in the order of their ids. */
@Singleton
class PostgresStockRows implements StockRows {
    private static final String BALANCES = "SELECT row_id, sellable, locked, sold, held, now() FROM stock ";

    private final Database database;
    private final DatabaseClock clock;
    private final Ledger ledger;
    private final StockKeys keys;

    @Inject
    PostgresStockRows(Database database, DatabaseClock clock, Ledger ledger, StockKeys keys) {
        this.database = database;
        this.clock = clock;
        this.ledger = ledger;
        this.keys = keys;
    }

    record Balance(long row, long sellable, long locked, long sold, long held, Instant at) {}

    @Override
    public Locked lock(Collection<StockKey> wanted) {
        Collection<Long> rows = keys.rows(wanted).values();
        List<Balance> balances = lockRows(rows);
        if (balances.size() < rows.size()) {
            // Some ids were remembered from a transaction that was rolled back.
            Set<Long> gone = new HashSet<>(rows);
            balances.forEach(balance -> gone.remove(balance.row()));
            keys.forget(gone);
            balances = lockRows(keys.rows(wanted).values());
        }
        return locked(balances);
    }

    @Override
    public Locked lockOrCreate(Collection<StockKey> wanted) {
        create(wanted, keys.rows(wanted).keySet()::contains);
        Locked locked = lock(wanted);
        // Some may have been remembered from a transaction that was rolled back or has not ended: they are forgotten
        // now.
        return create(wanted, locked.book()::knows) ? lock(wanted) : locked;
    }

    /** Creates the rows that are not there; false when all of them are. */
    private boolean create(Collection<StockKey> wanted, Predicate<StockKey> there) {
        Set<StockKey> missing = wanted.stream().filter(not(there)).collect(Collectors.toSet());
        if (missing.isEmpty()) {
            return false;
        }
        keys.create(missing);
        return true;
    }

    private List<Balance> lockRows(Collection<Long> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        return database.query(locking(rows));
    }

    /** Locks these rows, in the one order in which all locks are taken. */
    static Database.Read<Balance> locking(Collection<Long> rows) {
        return new Database.Read<>(
                BALANCES + "WHERE row_id = ANY(?) ORDER BY row_id FOR UPDATE",
                p -> p.longs(1, List.copyOf(rows), Long::longValue),
                PostgresStockRows::balance);
    }

    @Override
    public Locked lockOf(Collection<OrderNumber> orders) {
        return locked(balances(BALANCES + """
                        WHERE row_id IN (SELECT l.row_id FROM sales_order o JOIN order_line l USING (order_id)
                                         WHERE o.number = ANY(?))
                        ORDER BY row_id FOR UPDATE
                        """, p -> p.texts(1, List.copyOf(orders), OrderNumber::text)));
    }

    @Override
    public Book<StockKey, SalesBucket> glance(Collection<StockKey> wanted) {
        List<Long> rows = List.copyOf(keys.rows(wanted).values());
        return book(balances(BALANCES + "WHERE row_id = ANY(?)", p -> p.longs(1, rows, Long::longValue)));
    }

    private List<Balance> balances(String sql, Database.Binder binder) {
        return database.query(sql, binder, PostgresStockRows::balance);
    }

    private static Balance balance(ResultSet row) throws SQLException {
        return new Balance(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getObject(6, OffsetDateTime.class).toInstant());
    }

    Locked locked(List<Balance> balances) {
        Instant at = balances.isEmpty() ? clock.now() : balances.getFirst().at();
        return new Locked(book(balances), at);
    }

    private Book<StockKey, SalesBucket> book(List<Balance> balances) {
        Map<Long, StockKey> keyOf =
                keys.keysOf(balances.stream().map(Balance::row).toList());
        Book<StockKey, SalesBucket> book = new Book<>(SalesBucket.class);
        for (Balance balance : balances) {
            StockKey key = keyOf.get(balance.row());
            book.open(key, SELLABLE, balance.sellable());
            book.open(key, LOCKED, balance.locked());
            book.open(key, SOLD, balance.sold());
            book.open(key, HELD, balance.held());
        }
        return book;
    }

    @Override
    public void post(Book<StockKey, SalesBucket> book, Numbers numbers) {
        database.updateExactly(writes(book, keys.rows(book.changes().keySet()), numbers));
    }

    /**
     * What writes the net balances of the book and its movements.
     *
     * @param rows the rows of all keys that moved
     */
    List<Database.Write> writes(Book<StockKey, SalesBucket> book, Map<StockKey, Long> rows, Numbers numbers) {
        if (book.entries().isEmpty()) {
            return List.of();
        }
        List<Map.Entry<StockKey, long[]>> changes =
                new ArrayList<>(book.changes().entrySet());
        Database.Write balances = new Database.Write(
                changes.size(),
                """
                UPDATE stock s
                SET sellable = s.sellable + c.sellable, locked = s.locked + c.locked,
                    sold = s.sold + c.sold, held = s.held + c.held
                FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
                     AS c (row_id, sellable, locked, sold, held)
                WHERE s.row_id = c.row_id
                """,
                p -> p.longs(1, changes, change -> rows.get(change.getKey()))
                        .longs(2, changes, change -> change.getValue()[SELLABLE.ordinal()])
                        .longs(3, changes, change -> change.getValue()[LOCKED.ordinal()])
                        .longs(4, changes, change -> change.getValue()[SOLD.ordinal()])
                        .longs(5, changes, change -> change.getValue()[HELD.ordinal()]));
        return List.of(balances, ledger.write(book, numbers, (key, bucket) -> rows.get(key)));
    }
}
