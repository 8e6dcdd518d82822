package org.tierstock.dispatch.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tierstock.dispatch.application.port.Outbounds;
import org.tierstock.dispatch.application.port.WarehouseLocks;
import org.tierstock.dispatch.application.port.WarehouseLocks.Release;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.runtime.work.EachInTurn;
import org.tierstock.runtime.work.Progress;
import org.tierstock.runtime.work.Unreached;

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
     * @return MORE when there may be more to ask at once
     * @throws Unreached when no warehouse answered
     */
    public Progress run(Set<Integer> partitions, int limit, int retrySeconds) {
        Progress requested = eachInTurn.run(
                Work.RELEASE_AT_WAREHOUSES,
                limit,
                most -> requestReleases.due(partitions, most),
                LineNumber::toString,
                requestReleases::request);
        List<Outbound> asked = eachInTurn.due(
                Work.RELEASE_AT_WAREHOUSES, limit, most -> outbounds.unreleased(partitions, most), Outbound::id);
        if (asked.isEmpty()) {
            return requested;
        }
        Map<String, List<Outbound>> byWarehouse = asked.stream()
                .collect(Collectors.groupingBy(Outbound::warehouse, LinkedHashMap::new, Collectors.toList()));
        Answers<Release> answers = Answers.of(warehouses.release(byWarehouse));
        List<String> unanswered = answers.silent().stream()
                .flatMap(warehouse -> byWarehouse.get(warehouse).stream())
                .map(Outbound::id)
                .toList();
        if (!unanswered.isEmpty()) {
            outbounds.postpone(unanswered, retrySeconds);
        }
        Progress recorded = eachInTurn.attempt(
                Work.RELEASE_AT_WAREHOUSES, answers.reached(), Release::outbound, recordReleases::record);
        boolean full = byWarehouse.values().stream().anyMatch(ofWarehouse -> ofWarehouse.size() >= limit);
        Progress released = recorded == Progress.DONE && full ? Progress.MORE : recorded;
        return requested.compareTo(released) > 0 ? requested : released;
    }
}
