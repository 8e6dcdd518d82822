package org.tierstock.dispatch.application.port;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tierstock.movements.Sku;

/** What warehouses refused and dispatch keeps back. */
public interface Refusals {
    /** A refusal that still keeps something back. */
    record KeptBack(String outbound, Sku sku) {}

    /** A warehouse and a partition of its stream, of which refusals keep something back. */
    record Place(String warehouse, int partition) {}

    /** Where refusals keep something back. */
    List<Place> places(Set<Integer> partitions);

    /**
     * Refusals that need keep nothing back any more, at most {@code limit}.
     *
     * @param applied by place: the warehouse's number up to which everything has been applied
     */
    List<KeptBack> due(Map<Place, Long> applied, int limit);
}
