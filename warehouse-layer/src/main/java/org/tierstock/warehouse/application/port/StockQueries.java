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

    /**
     * A page. It may be short, or empty, though the list goes on: behind so much that was looked at and left out.
     *
     * @param next the key behind which the list goes on; null when nothing is left
     */
    record Found<R, K>(List<R> rows, K next) {
        public Found {
            rows = List.copyOf(rows);
        }
    }

    /** At most so many rows that hold anything. */
    Found<Row, StockKey> stock(Filter filter, StockKey after, int limit);

    /** At most so many batches, whether or not anything is left of them. */
    Found<Batch, BatchKey> batches(Filter filter, BatchKey after, int limit);
}
