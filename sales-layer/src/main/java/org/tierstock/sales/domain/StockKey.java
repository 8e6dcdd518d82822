package org.tierstock.sales.domain;

import java.util.Comparator;
import java.util.Objects;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.Sku;

/** The sales layer's full key (S10): what dispatch promises stock to, and the pool inside it. */
public record StockKey(ChannelKey channelKey, Pool pool) implements Comparable<StockKey> {
    private static final Comparator<StockKey> ORDER =
            Comparator.comparing(StockKey::channelKey).thenComparing(StockKey::pool);

    public StockKey {
        Objects.requireNonNull(channelKey, "channelKey");
        Objects.requireNonNull(pool, "pool");
    }

    /** The regular stock of a channel key. */
    public static StockKey regular(ChannelKey channelKey) {
        return new StockKey(channelKey, Pool.REGULAR);
    }

    /** The unit of account. */
    public Sku sku() {
        return channelKey.sku();
    }

    @Override
    public int compareTo(StockKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return channelKey.text() + '/' + pool.text();
    }
}
