package org.tierstock.sales.application.port;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tierstock.movements.ChannelKey;
import org.tierstock.runtime.QueryPort;
import org.tierstock.sales.domain.StockKey;

/** Reads stock. Quantities are whole units. */
@QueryPort
public interface StockQueries {
    /**
     * The balances of one key.
     *
     * @param row its place in the list
     */
    record StockLevel(long row, StockKey key, long sellable, long locked, long sold, long held) {}

    /**
     * Which stock.
     *
     * @param skus of these SKUs; empty: of all
     * @param anySource of whatever stock source; otherwise of these
     */
    record Filter(Set<String> skus, boolean anySource, Set<String> stockSources) {}

    /** The SELLABLE regular stock of these keys; a key that was never granted is not in it. */
    Map<ChannelKey, Long> sellable(Collection<ChannelKey> keys);

    /** Balances in the order of their rows, from the one after {@code afterRow}; 0: from the first. */
    List<StockLevel> list(Filter filter, long afterRow, int limit);
}
