package org.tierstock.warehouse.application.port;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.tierstock.movements.StreamPosition;
import org.tierstock.warehouse.domain.Outbound;
import org.tierstock.warehouse.domain.StockHead;
import org.tierstock.warehouse.domain.StockKey;

/** The outbound orders that were answered, with the rows of their locks. Guarded by the head of their SKU. */
public interface Outbounds {
    /**
     * Units that a message tells the dispatch layer to take from an outbound: shipped, or lost from its lock. Kept with
     * the message's number, so that what is locked can be told as it was at any cut (protocol E3).
     */
    record Effect(String outbound, StreamPosition position, long quantity) {}

    /** The heads to lock for these outbounds; an unknown outbound is not in it. They never change. */
    Map<String, StockHead> heads(Collection<String> outbounds);

    /** These outbounds, by id, as they are under the locks of their heads; an unknown one is not in it. */
    Map<String, Outbound> find(Collection<String> outbounds);

    /** The outbounds that hold a lock on any of these rows. */
    List<Outbound> holding(Collection<StockKey> keys);

    /** Stores outbounds that were just answered. */
    void add(Collection<Outbound> outbounds);

    /** Stores what became of outbounds. */
    void change(Collection<Outbound> outbounds);

    /** Stores what messages take from outbounds. */
    void record(Collection<Effect> effects);

    /** The highest number whose row was purged, by warehouse; none where none was (protocol 11.7). */
    Map<String, Long> lows(Collection<String> warehouses);
}
