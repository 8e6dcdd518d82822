package org.tierstock.warehouse.fake;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.tierstock.testing.InMemoryTable;
import org.tierstock.testing.InMemoryTransactions;
import org.tierstock.warehouse.application.port.Batches;
import org.tierstock.warehouse.domain.Batch;
import org.tierstock.warehouse.domain.BatchKey;
import org.tierstock.warehouse.domain.StockHead;

/** The batches without a database. */
public final class InMemoryBatches implements Batches {
    private final Map<BatchKey, Batch> batches;

    public InMemoryBatches(InMemoryTransactions transactions) {
        this.batches = new InMemoryTable<>(transactions);
    }

    @Override
    public Map<BatchKey, Batch> of(Collection<StockHead> heads) {
        Map<BatchKey, Batch> found = new HashMap<>();
        batches.forEach((key, batch) -> {
            if (heads.contains(new StockHead(key.warehouse(), key.sku()))) {
                found.put(key, batch);
            }
        });
        return found;
    }

    @Override
    public void add(Collection<Batch> added) {
        for (Batch batch : added) {
            if (batches.putIfAbsent(batch.key(), batch) != null) {
                throw new IllegalStateException("The batch is there already: " + batch.key());
            }
        }
    }
}
