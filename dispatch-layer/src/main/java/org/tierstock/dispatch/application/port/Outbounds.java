package org.tierstock.dispatch.application.port;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.movements.Sku;

/** What warehouses are asked to ship. */
public interface Outbounds {
    /** An outbound with what the warehouse is told of its order. */
    record Parcel(
            Outbound outbound, String shipRegion, String deliveryMethod, String addressReference, String traceParent) {}

    /**
     * Stores new outbounds. Each gets the next number of its warehouse; the numbers are visible in order, since the counter
     * is held until the transaction ends.
     */
    void insert(List<Outbound> outbounds);

    /** The SKU of each outbound that is known. It never changes, so no lock is needed. */
    Map<String, Sku> skus(Collection<String> ids);

    /** The outbounds that are known. Their SKUs must be locked. */
    Map<String, Outbound> find(Collection<String> ids);

    /** An outbound as its warehouse is asked to lock it. */
    Optional<Parcel> parcel(String id);

    /** The outbounds of these lines that may be asked to release something, oldest first. Their SKUs must be locked. */
    List<Outbound> releasable(Collection<LineNumber> lines);

    /** Writes what changed. */
    void save(Collection<Outbound> outbounds);

    /**
     * Outbounds whose lock has not been answered and is not postponed, oldest first, at most {@code limit} of each warehouse:
     * one that does not answer must not take the places of others.
     */
    List<Parcel> unanswered(Set<Integer> partitions, int limit);

    /** Outbounds whose request to release has not been answered and is not postponed, likewise. */
    List<Outbound> unreleased(Set<Integer> partitions, int limit);

    /** Does not offer these to a call again before so many seconds have passed. */
    void postpone(Collection<String> ids, int seconds);

    /**
     * Per warehouse: the number up to which all its outbounds are answered, empty and without an open request (11.7). Read in
     * one snapshot with the outbounds.
     */
    Map<String, Long> low(Collection<String> warehouses);
}
