package org.tierstock.dispatch.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tierstock.dispatch.application.port.Outbounds;
import org.tierstock.dispatch.application.port.Outbounds.Parcel;
import org.tierstock.dispatch.application.port.WarehouseLocks;
import org.tierstock.dispatch.application.port.WarehouseLocks.Lock;
import org.tierstock.runtime.work.EachInTurn;
import org.tierstock.runtime.work.Progress;
import org.tierstock.runtime.work.Unreached;

/**
 * Asks warehouses to lock the goods of outbounds that they have not answered (lock job). One call a warehouse, for the
 * outbounds of many orders. No answer means nothing is known: the same outbounds are asked again later.
 */
@ApplicationScoped
public class LockAtWarehouses {
    private final Outbounds outbounds;
    private final WarehouseLocks warehouses;
    private final RecordLocks recordLocks;
    private final EachInTurn eachInTurn;

    @Inject
    public LockAtWarehouses(
            Outbounds outbounds, WarehouseLocks warehouses, RecordLocks recordLocks, EachInTurn eachInTurn) {
        this.outbounds = outbounds;
        this.warehouses = warehouses;
        this.recordLocks = recordLocks;
        this.eachInTurn = eachInTurn;
    }

    /**
     * One round.
     *
     * @param limit how many outbounds of each warehouse
     * @param retrySeconds how long those are left alone whose warehouse did not answer
     * @return MORE when there may be more to ask at once
     * @throws Unreached when no warehouse answered
     */
    public Progress run(Set<Integer> partitions, int limit, int retrySeconds) {
        List<Parcel> parcels = eachInTurn.due(
                Work.LOCK_AT_WAREHOUSES,
                limit,
                most -> outbounds.unanswered(partitions, most),
                parcel -> parcel.outbound().id());
        if (parcels.isEmpty()) {
            return Progress.NONE;
        }
        Map<String, List<Parcel>> byWarehouse = parcels.stream()
                .collect(Collectors.groupingBy(
                        parcel -> parcel.outbound().warehouse(), LinkedHashMap::new, Collectors.toList()));
        Answers<Lock> answers = Answers.of(warehouses.lock(byWarehouse, outbounds.low(byWarehouse.keySet())));
        List<String> unanswered = answers.silent().stream()
                .flatMap(warehouse -> byWarehouse.get(warehouse).stream())
                .map(parcel -> parcel.outbound().id())
                .toList();
        if (!unanswered.isEmpty()) {
            outbounds.postpone(unanswered, retrySeconds);
        }
        Progress recorded =
                eachInTurn.attempt(Work.LOCK_AT_WAREHOUSES, answers.reached(), Lock::outbound, recordLocks::record);
        boolean full = byWarehouse.values().stream().anyMatch(ofWarehouse -> ofWarehouse.size() >= limit);
        return recorded == Progress.DONE && full ? Progress.MORE : recorded;
    }
}
