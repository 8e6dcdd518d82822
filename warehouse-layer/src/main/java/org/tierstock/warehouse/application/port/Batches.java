package org.tierstock.warehouse.application.port;

import java.util.Collection;
import java.util.Map;
import org.tierstock.warehouse.domain.Batch;
import org.tierstock.warehouse.domain.BatchKey;
import org.tierstock.warehouse.domain.StockHead;

/** The batches that goods came in. Guarded by the head of their SKU. */
public interface Batches {
    /** All batches of these locked heads. */
    Map<BatchKey, Batch> of(Collection<StockHead> heads);

    /** Adds batches that are not there yet. */
    void add(Collection<Batch> batches);
}
