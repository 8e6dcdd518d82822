package org.tierstock.sales.fake;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.tierstock.movements.Book;
import org.tierstock.movements.ChannelKey;
import org.tierstock.runtime.clock.DatabaseClock;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.sales.application.port.StockRows;
import org.tierstock.sales.domain.Order;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.Pool;
import org.tierstock.sales.domain.SalesBucket;
import org.tierstock.sales.domain.StockKey;
import org.tierstock.testing.InMemoryTable;
import org.tierstock.testing.InMemoryTransactions;

/** Stock rows in memory. Transactions run one at a time, so a lock is only a look. */
public final class InMemoryStockRows implements StockRows {
    private final InMemoryTransactions transactions;
    private final InMemoryOrders orders;
    private final DatabaseClock clock;
    private final Map<StockKey, List<Long>> rows;
    private final List<Book.Entry<StockKey, SalesBucket>> ledger = new ArrayList<>();

    public InMemoryStockRows(InMemoryTransactions transactions, InMemoryOrders orders, DatabaseClock clock) {
        this.transactions = transactions;
        this.orders = orders;
        this.clock = clock;
        this.rows = new InMemoryTable<>(transactions);
    }

    @Override
    public Locked lock(Collection<StockKey> keys) {
        return new Locked(glance(keys), clock.now());
    }

    @Override
    public Locked lockOrCreate(Collection<StockKey> keys) {
        for (StockKey key : new TreeSet<>(keys)) {
            rows.putIfAbsent(key, List.of(0L, 0L, 0L, 0L, 0L));
        }
        return lock(keys);
    }

    @Override
    public Locked lockOf(Collection<OrderNumber> numbers) {
        List<StockKey> keys = new ArrayList<>();
        for (Order order : orders.load(numbers).values()) {
            order.lines().forEach(line -> keys.add(line.key()));
        }
        return lock(keys);
    }

    @Override
    public Book<StockKey, SalesBucket> glance(Collection<StockKey> keys) {
        Book<StockKey, SalesBucket> book = new Book<>(SalesBucket.class);
        for (StockKey key : new TreeSet<>(keys)) {
            List<Long> balances = rows.get(key);
            if (balances != null) {
                book.open(key);
                for (SalesBucket bucket : SalesBucket.values()) {
                    book.open(key, bucket, balances.get(bucket.ordinal()));
                }
            }
        }
        return book;
    }

    @Override
    public void post(Book<StockKey, SalesBucket> book, Numbers numbers) {
        int before = ledger.size();
        transactions.onRollback(() -> ledger.subList(before, ledger.size()).clear());
        ledger.addAll(book.entries());
        book.changes().forEach((key, change) -> {
            List<Long> after = new ArrayList<>(rows.get(key));
            for (int i = 0; i < change.length; i++) {
                after.set(i, after.get(i) + change[i]);
            }
            rows.put(key, List.copyOf(after));
        });
    }

    /** The keys that have a row. */
    public Collection<StockKey> keys() {
        return Collections.unmodifiableCollection(rows.keySet());
    }

    /** A committed balance, in whole units; 0 for a key that has none. */
    public long balance(StockKey key, SalesBucket bucket) {
        List<Long> balances = rows.get(key);
        return balances == null ? 0 : balances.get(bucket.ordinal());
    }

    /** What the key counts towards dispatch's account (protocol, section 1). */
    public long open(ChannelKey channelKey) {
        long open = 0;
        for (StockKey key : rows.keySet()) {
            if (key.channelKey().equals(channelKey)) {
                open += balance(key, SalesBucket.HELD);
                if (key.pool().kind() != Pool.Kind.PRESALE) {
                    open += balance(key, SalesBucket.SELLABLE) + balance(key, SalesBucket.LOCKED);
                }
            }
        }
        return open;
    }

    /** Every movement posted and not rolled back, oldest first. */
    public List<Book.Entry<StockKey, SalesBucket>> ledger() {
        return Collections.unmodifiableList(ledger);
    }
}
