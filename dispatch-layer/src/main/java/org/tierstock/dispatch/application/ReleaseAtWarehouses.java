package org.tierstock.dispatch.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tierstock.dispatch.application.port.Outbounds;
import org.tierstock.dispatch.application.port.WarehouseLocks;
import org.tierstock.dispatch.application.port.WarehouseLocks.Answer;
import org.tierstock.dispatch.application.port.WarehouseLocks.Release;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.runtime.work.EachInTurn;
import org.tierstock.runtime.work.Progress;

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
    private final EachInTurn eachInTurn;

    @Inject
    public ReleaseAtWarehouses(
            RequestReleases requestReleases,
            Outbounds outbounds,
            WarehouseLocks warehouses,
            RecordReleases recordReleases,
            EachInTurn eachInTurn) {
        this.requestReleases = requestReleases;
        this.outbounds = outbounds;
        this.warehouses = warehouses;
        this.recordReleases = recordReleases;
        this.eachInTurn = eachInTurn;
    }

    /**
     * One round.
     *
     * @param limit how many lines, and how many outbounds of each warehouse
     * @param retrySeconds how long those are left alone whose warehouse did not answer
     * @return true when there may be more to ask at once
     */
    public boolean run(Set<Integer> partitions, int limit, int retrySeconds) {
        boolean more = eachInTurn.run(
                Work.RELEASE_AT_WAREHOUSES,
                limit,
                most -> requestReleases.due(partitions, most),
                LineNumber::toString,
                requestReleases::request);
        List<Outbound> asked = eachInTurn.due(
                Work.RELEASE_AT_WAREHOUSES, limit, most -> outbounds.unreleased(partitions, most), Outbound::id);
        if (asked.isEmpty()) {
            return more;
        }
        Map<String, List<Outbound>> byWarehouse = asked.stream()
                .collect(Collectors.groupingBy(Outbound::warehouse, LinkedHashMap::new, Collectors.toList()));
        List<Release> releases = new ArrayList<>(asked.size());
        List<String> unknown = new ArrayList<>();
        warehouses.release(byWarehouse).forEach((warehouse, answer) -> {
            switch (answer) {
                case Answer.Answered<Release> answered -> releases.addAll(answered.answers());
                case Answer.Indeterminate<Release> nothing ->
                    byWarehouse.get(warehouse).forEach(outbound -> unknown.add(outbound.id()));
            }
        });
        if (!unknown.isEmpty()) {
            outbounds.postpone(unknown, retrySeconds);
        }
        Progress recorded =
                eachInTurn.attempt(Work.RELEASE_AT_WAREHOUSES, releases, Release::outbound, recordReleases::record);
        return more
                || recorded != Progress.NONE
                        && byWarehouse.values().stream().anyMatch(ofWarehouse -> ofWarehouse.size() >= limit);
    }
}
