package org.tierstock.warehouse.fake;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.tierstock.movements.Book;
import org.tierstock.movements.Movement;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.testing.InMemoryTable;
import org.tierstock.testing.InMemoryTransactions;
import org.tierstock.warehouse.application.port.StockRows;
import org.tierstock.warehouse.domain.StockHead;
import org.tierstock.warehouse.domain.StockKey;
import org.tierstock.warehouse.domain.WarehouseBucket;

/** Balances and their ledger without a database. */
public final class InMemoryStockRows implements StockRows {
    private final InMemoryTransactions transactions;
    private final Map<StockKey, Map<WarehouseBucket, Long>> balances;
    private final List<Movement<StockKey, WarehouseBucket>> ledger = new ArrayList<>();

    public InMemoryStockRows(InMemoryTransactions transactions) {
        this.transactions = transactions;
        this.balances = new InMemoryTable<>(transactions);
    }

    @Override
    public Book<StockKey, WarehouseBucket> lock(Collection<StockHead> heads) {
        Book<StockKey, WarehouseBucket> book = new Book<>(WarehouseBucket.class);
        balances.forEach((key, row) -> {
            if (heads.contains(key.head()) && row.values().stream().anyMatch(units -> units > 0)) {
                row.forEach((bucket, units) -> book.open(key, bucket, units));
            }
        });
        return book;
    }

    @Override
    public void write(Book<StockKey, WarehouseBucket> book, Numbers numbers) {
        book.changes().forEach((key, byBucket) -> {
            Map<WarehouseBucket, Long> row = new EnumMap<>(WarehouseBucket.class);
            row.putAll(balances.getOrDefault(key, Map.of()));
            for (WarehouseBucket bucket : book.buckets()) {
                row.merge(bucket, byBucket[bucket.ordinal()], Long::sum);
            }
            balances.put(key, Map.copyOf(row));
        });
        int before = ledger.size();
        transactions.onRollback(() -> ledger.subList(before, ledger.size()).clear());
        for (Book.Entry<StockKey, WarehouseBucket> entry : book.entries()) {
            if (entry.notice() != null) {
                numbers.of(entry.notice());
            }
            ledger.add(entry.movement());
        }
    }

    /** The balances by key and bucket. */
    public Map<StockKey, Map<WarehouseBucket, Long>> balances() {
        return Collections.unmodifiableMap(balances);
    }

    /** Every movement, oldest first. */
    public List<Movement<StockKey, WarehouseBucket>> ledger() {
        return Collections.unmodifiableList(ledger);
    }
}
