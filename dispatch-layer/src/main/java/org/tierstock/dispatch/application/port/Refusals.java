package org.tierstock.dispatch.application.port;

import java.util.List;
import java.util.Set;
import org.tierstock.movements.Sku;

/** What warehouses refused and dispatch keeps back. */
public interface Refusals {
    /**
     * A refusal that still keeps something back.
     *
     * @param at the warehouse's number, in the SKU's partition, that must have been applied before it is released
     */
    record KeptBack(String outbound, Sku sku, String warehouse, long at) {}

    /** Refusals that keep something back, oldest first, at most {@code limit}. */
    List<KeptBack> open(Set<Integer> partitions, int limit);
}
