package org.tierstock.dispatch.application.port;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.runtime.QueryPort;

/** What the reconciliation with the warehouses reads. */
@QueryPort
public interface OutboundPositions {
    /** Every warehouse that has stock or outbounds here, in order. */
    List<String> warehouses();

    /** The last outbound number of each of these warehouses that has one. Outbounds up to it exist. */
    Map<String, Long> lastNumbers(Collection<String> warehouses);

    /** How many outbounds are not answered, not empty, or have an open request, by warehouse. */
    Map<String, Long> unfinishedCounts();

    /**
     * Outbounds of these warehouses that are not answered, not empty, or have an open request, by number if it is one
     * warehouse.
     *
     * @param sku of this one only; empty for all
     * @param after whose number is above this one
     * @param limit at most so many
     */
    List<Outbound> unfinished(Collection<String> warehouses, String sku, long after, int limit);

    /** The outbounds of these ids that exist. */
    Map<String, Outbound> find(Collection<String> ids);
}
