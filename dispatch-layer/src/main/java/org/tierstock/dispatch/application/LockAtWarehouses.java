package org.tierstock.dispatch.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tierstock.dispatch.application.port.Outbounds;
import org.tierstock.dispatch.application.port.Outbounds.Parcel;
import org.tierstock.dispatch.application.port.WarehouseLocks;
import org.tierstock.dispatch.application.port.WarehouseLocks.Answer;
import org.tierstock.dispatch.application.port.WarehouseLocks.Lock;

/**
 * Asks warehouses to lock the goods of outbounds that they have not answered (lock job). One call a warehouse, for the
 * outbounds of many orders. No answer means nothing is known: the same outbounds are asked again later.
 */
@ApplicationScoped
public class LockAtWarehouses {
    private final Outbounds outbounds;
    private final WarehouseLocks warehouses;
    private final RecordLocks recordLocks;

    @Inject
    public LockAtWarehouses(Outbounds outbounds, WarehouseLocks warehouses, RecordLocks recordLocks) {
        this.outbounds = outbounds;
        this.warehouses = warehouses;
        this.recordLocks = recordLocks;
    }

    /**
     * One round.
     *
     * @param limit how many outbounds
     * @param retrySeconds how long those are left alone whose warehouse did not answer
     * @return true when there may be more to ask at once
     */
    public boolean run(Set<Integer> partitions, int limit, int retrySeconds) {
        List<Parcel> parcels = outbounds.unanswered(partitions, limit);
        if (parcels.isEmpty()) {
            return false;
        }
        Map<String, List<Parcel>> byWarehouse = new LinkedHashMap<>();
        for (Parcel parcel : parcels) {
            byWarehouse
                    .computeIfAbsent(parcel.outbound().warehouse(), warehouse -> new ArrayList<>())
                    .add(parcel);
        }
        List<Lock> locks = new ArrayList<>(parcels.size());
        List<String> unknown = new ArrayList<>();
        warehouses.lock(byWarehouse, outbounds.low(byWarehouse.keySet())).forEach((warehouse, answer) -> {
            switch (answer) {
                case Answer.Answered<Lock> answered -> locks.addAll(answered.answers());
                case Answer.Indeterminate<Lock> nothing ->
                    byWarehouse
                            .get(warehouse)
                            .forEach(parcel -> unknown.add(parcel.outbound().id()));
            }
        });
        if (!locks.isEmpty()) {
            recordLocks.record(locks);
        }
        if (!unknown.isEmpty()) {
            outbounds.postpone(unknown, retrySeconds);
        }
        return parcels.size() == limit;
    }
}
