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

    /** The last outbound number of the warehouse, 0 before the first. Outbounds up to it exist. */
    long lastNumber(String warehouse);

    /** The outbounds of the warehouse that are not answered, not empty, or have an open request, by id. */
    Map<String, Outbound> unfinished(String warehouse);

    /** The outbounds of these ids that exist. */
    Map<String, Outbound> find(Collection<String> ids);
}
