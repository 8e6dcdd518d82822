package org.tierstock.dispatch.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import org.tierstock.dispatch.application.port.Outbounds;
import org.tierstock.dispatch.application.port.Outbounds.Parcel;
import org.tierstock.dispatch.application.port.WarehouseLocks;
import org.tierstock.dispatch.application.port.WarehouseLocks.Lock;
import org.tierstock.runtime.work.EachInTurn;
import org.tierstock.runtime.work.Progress;
import org.tierstock.runtime.work.Unreached;
import org.tierstock.runtime.work.WorkSignals;

/**
 * Asks warehouses to lock the goods of outbounds that they have not answered (lock job). One call a warehouse, for the
 * outbounds of many orders. No answer means nothing is known: the same outbounds are asked again later.
 */
@ApplicationScoped
public class LockAtWarehouses {
    private final Outbounds outbounds;
    private final EachInTurn eachInTurn;
    private final AskWarehouses<Parcel, Lock> ask;

    @Inject
    public LockAtWarehouses(
            Outbounds outbounds,
            WarehouseLocks warehouses,
            RecordLocks recordLocks,
            EachInTurn eachInTurn,
            WorkSignals signals) {
        this.outbounds = outbounds;
        this.eachInTurn = eachInTurn;
        this.ask = new AskWarehouses<>(
                Work.LOCK_AT_WAREHOUSES,
                eachInTurn,
                signals,
                outbounds,
                Parcel::outbound,
                parcels -> warehouses.lock(parcels, outbounds.low(parcels.keySet())),
                Lock::outbound,
                recordLocks::record);
    }

    /**
     * One round.
     *
     * @param limit how many outbounds of each warehouse
     * @param retrySeconds how long those are left alone whose warehouse did not answer
     * @param longestSeconds the most that a warehouse is left alone which stays silent while others answer
     * @return MORE when there may be more to ask at once
     * @throws Unreached when no warehouse answered
     */
    public Progress run(Set<Integer> partitions, int limit, int retrySeconds, int longestSeconds) {
        List<Parcel> parcels = eachInTurn.due(
                Work.LOCK_AT_WAREHOUSES,
                limit,
                most -> outbounds.unanswered(partitions, most),
                parcel -> parcel.outbound().id());
        return ask.run(parcels, limit, retrySeconds, longestSeconds);
    }
}
