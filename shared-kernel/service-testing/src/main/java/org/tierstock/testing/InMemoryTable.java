package org.tierstock.testing;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Rows by key, for fakes: a map whose changes are taken back when their transaction rolls back. Rows are values; a row
 * changed in place would stay changed.
 *
 * @param <K> the primary key
 * @param <V> the row, immutable
 */
public final class InMemoryTable<K, V> extends AbstractMap<K, V> {
    private final InMemoryTransactions transactions;
    private final Map<K, V> rows = new LinkedHashMap<>();

    public InMemoryTable(InMemoryTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public V put(K key, V row) {
        V before = rows.get(key);
        transactions.onRollback(() -> restore(key, before));
        return rows.put(key, row);
    }

    @Override
    @SuppressWarnings("unchecked")
    public V remove(Object key) {
        V before = rows.get(key);
        if (before != null) {
            transactions.onRollback(() -> restore((K) key, before));
        }
        return rows.remove(key);
    }

    private void restore(K key, V before) {
        if (before == null) {
            rows.remove(key);
        } else {
            rows.put(key, before);
        }
    }

    @Override
    public V get(Object key) {
        return rows.get(key);
    }

    @Override
    public boolean containsKey(Object key) {
        return rows.containsKey(key);
    }

    /** The rows, to be read only. */
    @Override
    public Set<Entry<K, V>> entrySet() {
        return Collections.unmodifiableMap(rows).entrySet();
    }
}
