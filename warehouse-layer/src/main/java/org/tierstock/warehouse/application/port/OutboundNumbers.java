package org.tierstock.warehouse.application.port;

import org.tierstock.runtime.QueryPort;

/** How far the numbers of outbounds have come, which the dispatch layer counts per warehouse. */
@QueryPort
public interface OutboundNumbers {
    /** The highest number of a warehouse that was asked and answered here; 0 before the first. */
    long last(String warehouse);
}
