package org.tierstock.dispatch.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tierstock.dispatch.application.port.Outbounds;
import org.tierstock.dispatch.application.port.WarehouseLocks;
import org.tierstock.dispatch.application.port.WarehouseLocks.Answer;
import org.tierstock.dispatch.application.port.WarehouseLocks.Release;
import org.tierstock.dispatch.domain.Outbound;

/**
 * Asks warehouses to release what cancels want back (cancel job): first the requests are written, then the unanswered ones
 * are sent, one call a warehouse.
 */
@ApplicationScoped
public class ReleaseAtWarehouses {
    private final RequestReleases requestReleases;
    private final Outbounds outbounds;
    private final WarehouseLocks warehouses;
    private final RecordReleases recordReleases;

    @Inject
    public ReleaseAtWarehouses(
            RequestReleases requestReleases,
            Outbounds outbounds,
            WarehouseLocks warehouses,
            RecordReleases recordReleases) {
        this.requestReleases = requestReleases;
        this.outbounds = outbounds;
        this.warehouses = warehouses;
        this.recordReleases = recordReleases;
    }

    /**
     * One round.
     *
     * @param limit how many lines, and how many outbounds
     * @param retrySeconds how long those are left alone whose warehouse did not answer
     * @return true when there may be more to ask at once
     */
    public boolean run(Set<Integer> partitions, int limit, int retrySeconds) {
        boolean more = requestReleases.request(partitions, limit);
        List<Outbound> asked = outbounds.unreleased(partitions, limit);
        if (asked.isEmpty()) {
            return more;
        }
        Map<String, List<Outbound>> byWarehouse = new LinkedHashMap<>();
        for (Outbound outbound : asked) {
            byWarehouse
                    .computeIfAbsent(outbound.warehouse(), warehouse -> new ArrayList<>())
                    .add(outbound);
        }
        List<Release> releases = new ArrayList<>(asked.size());
        List<String> unknown = new ArrayList<>();
        warehouses.release(byWarehouse).forEach((warehouse, answer) -> {
            switch (answer) {
                case Answer.Answered<Release> answered -> releases.addAll(answered.answers());
                case Answer.Indeterminate<Release> nothing ->
                    byWarehouse.get(warehouse).forEach(outbound -> unknown.add(outbound.id()));
            }
        });
        if (!releases.isEmpty()) {
            recordReleases.record(releases);
        }
        if (!unknown.isEmpty()) {
            outbounds.postpone(unknown, retrySeconds);
        }
        return more || asked.size() == limit;
    }
}
