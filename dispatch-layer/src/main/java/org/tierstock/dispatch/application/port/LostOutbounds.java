package org.tierstock.dispatch.application.port;

import java.util.List;
import org.tierstock.dispatch.domain.Outbound;

/** Outbounds that the database has lost and their warehouses hold (protocol 11.8). */
public interface LostOutbounds {
    /** Stores them under the numbers that they had; the counters of their warehouses go on behind those. */
    void store(List<Outbound> outbounds);
}
