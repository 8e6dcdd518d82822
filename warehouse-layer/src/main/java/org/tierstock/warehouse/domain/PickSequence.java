package org.tierstock.warehouse.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.movements.Book;
import org.tierstock.movements.Cell;

/**
 * In which order goods are promised: earliest expiry, then earliest receipt; goods that do not expire come last, and
 * location and batch decide the rest so that the same stock always gives the same answer.
 */
public final class PickSequence {
    private final Map<Cell, List<StockKey>> keys;

    private PickSequence(Map<Cell, List<StockKey>> keys) {
        this.keys = keys;
    }

    /** The sequence of all keys of the book that have goods to promise. */
    public static PickSequence of(Book<StockKey, WarehouseBucket> book, Map<BatchKey, Batch> batches) {
        Map<Cell, List<StockKey>> keys = new HashMap<>();
        for (StockKey key : book.keys()) {
            if (book.balance(key, WarehouseBucket.AVAILABLE) > 0) {
                keys.computeIfAbsent(key.cell(), cell -> new ArrayList<>()).add(key);
            }
        }
        Comparator<StockKey> earliestFirst = earliestFirst(batches);
        keys.values().forEach(cell -> cell.sort(earliestFirst));
        return new PickSequence(keys);
    }

    /** The keys of a cell, first the one to take from first. */
    public List<StockKey> of(Cell cell) {
        return Collections.unmodifiableList(keys.getOrDefault(cell, List.of()));
    }

    private static Comparator<StockKey> earliestFirst(Map<BatchKey, Batch> batches) {
        return Comparator.comparing(
                        (StockKey key) -> expiresOn(batches.get(key.batchKey())),
                        Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(
                        key -> receivedAt(batches.get(key.batchKey())), Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(StockKey::location)
                .thenComparing(StockKey::batch);
    }

    private static LocalDate expiresOn(Batch batch) {
        return batch == null ? null : batch.expiresOn();
    }

    private static Instant receivedAt(Batch batch) {
        return batch == null ? null : batch.receivedAt();
    }
}
