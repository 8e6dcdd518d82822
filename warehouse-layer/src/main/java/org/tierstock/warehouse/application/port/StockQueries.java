package org.tierstock.warehouse.application.port;

import java.util.List;
import java.util.Set;
import org.tierstock.runtime.QueryPort;
import org.tierstock.warehouse.domain.Batch;
import org.tierstock.warehouse.domain.BatchKey;
import org.tierstock.warehouse.domain.StockKey;

/** Stock and batches to look at. Lists are in key order, beginning after the given key; null is the beginning. */
@QueryPort
public interface StockQueries {
    /**
     * What to list.
     *
     * @param warehouse null for all
     * @param skus empty for all
     */
    record Filter(String warehouse, List<String> skus, Scope scope) {
        public Filter {
            skus = List.copyOf(skus);
        }

        /** True when no warehouse is left out. */
        public boolean ofAllWarehouses() {
            return warehouse == null && scope.allWarehouses();
        }

        /** The only warehouses, unless it is of all. */
        public Set<String> warehouses() {
            return scope.narrowedTo(warehouse);
        }
    }

    /** One stock row with its balances, in whole units. */
    record Row(StockKey key, long available, long locked, long unavailable) {}

    /** At most so many rows that hold anything. */
    List<Row> stock(Filter filter, StockKey after, int limit);

    /** At most so many batches, whether or not anything is left of them. */
    List<Batch> batches(Filter filter, BatchKey after, int limit);
}
