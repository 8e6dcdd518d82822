package org.tierstock.sales.application;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tierstock.sales.application.port.Changed;

/** What a transaction has read, as it was and as it becomes. */
final class Changing<K, T> {
    private final Map<K, T> now;
    private final Map<K, T> before = new LinkedHashMap<>();

    Changing(Map<K, T> read) {
        this.now = new HashMap<>(read);
    }

    /** As it is now; null when it was not read. */
    T get(K key) {
        return now.get(key);
    }

    /** Is stored like this, although it was not read like this. */
    void found(K key, T stored) {
        now.put(key, stored);
    }

    /** As this transaction leaves it. */
    void put(K key, T after) {
        T last = now.put(key, after);
        if (after != last) {
            before.putIfAbsent(key, last);
        }
    }

    /** What this transaction leaves otherwise than it was, in the order in which it was changed first. */
    Collection<Changed<T>> changed() {
        return before.entrySet().stream()
                .map(entry -> new Changed<>(entry.getValue(), now.get(entry.getKey())))
                .toList();
    }
}
