package org.tierstock.sales.adapter.out.postgres;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Interner;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.sales.domain.Pool;
import org.tierstock.sales.domain.StockKey;

/**
 * The stock keys that were used most, each with its row, up to a bound: what is not among them is read again. A catalogue
 * may have more keys than the memory has room for. Postings and readers remember them together.
 */
@Singleton
class KnownKeys {
    private final Cache<StockKey, Long> rows;
    private final Cache<Long, StockKey> keys;

    /** Keys have few channels, methods and regions, and several keys one SKU: each text is held once. */
    private final Interner<String> texts = Interner.newWeakInterner();

    /** @param capacity how many keys are remembered, at least 1 */
    @Inject
    KnownKeys(@ConfigProperty(name = "tierstock.stock-keys.cache", defaultValue = "200000") long capacity) {
        rows = Caffeine.newBuilder().maximumSize(capacity).build();
        keys = Caffeine.newBuilder().maximumSize(capacity).build();
    }

    /** The row of a key; null when it is not remembered. */
    Long row(StockKey key) {
        return rows.getIfPresent(key);
    }

    /** The key of a row; null when it is not remembered. */
    StockKey key(Long row) {
        return keys.getIfPresent(row);
    }

    /** Remembers a row that exists, and gives its key, which shares its texts with the other keys. */
    StockKey remember(
            long row,
            String channel,
            String deliveryMethod,
            Quality quality,
            String shipRegion,
            String sku,
            String pool) {
        StockKey key = new StockKey(
                new ChannelKey(
                        texts.intern(channel),
                        texts.intern(deliveryMethod),
                        quality,
                        texts.intern(shipRegion),
                        new Sku(texts.intern(sku))),
                Pool.parse(texts.intern(pool)));
        rows.put(key, row);
        keys.put(row, key);
        return key;
    }

    /** Drops rows that turned out not to exist. */
    void forget(Collection<Long> gone) {
        for (Long row : gone) {
            StockKey key = keys.asMap().remove(row);
            if (key != null) {
                rows.asMap().remove(key, row);
            }
        }
    }

    /** How many keys are remembered, by row or by key, whichever are more. */
    long size() {
        rows.cleanUp();
        keys.cleanUp();
        return Math.max(rows.estimatedSize(), keys.estimatedSize());
    }
}
