package org.tierstock.sales.application;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tierstock.sales.domain.StockKey;

/** The keys that were added last, up to a bound: one more, and the one that was added first is forgotten. For many threads. */
final class RecentKeys {
    private final int capacity;
    private final Map<StockKey, Boolean> keys = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<StockKey, Boolean> eldest) {
            return size() > capacity;
        }
    };

    RecentKeys(int capacity) {
        this.capacity = capacity;
    }

    synchronized void add(StockKey key) {
        keys.put(key, Boolean.TRUE);
    }

    synchronized void remove(StockKey key) {
        keys.remove(key);
    }

    synchronized boolean contains(StockKey key) {
        return keys.containsKey(key);
    }

    synchronized int size() {
        return keys.size();
    }

    synchronized boolean isEmpty() {
        return keys.isEmpty();
    }
}
