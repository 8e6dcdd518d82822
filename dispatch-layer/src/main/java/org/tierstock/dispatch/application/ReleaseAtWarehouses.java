package org.tierstock.dispatch.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import org.tierstock.dispatch.application.port.Outbounds;
import org.tierstock.dispatch.application.port.WarehouseLocks;
import org.tierstock.dispatch.application.port.WarehouseLocks.Release;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.runtime.work.EachInTurn;
import org.tierstock.runtime.work.Progress;
import org.tierstock.runtime.work.Unreached;
import org.tierstock.runtime.work.WorkSignals;

/**
 * Asks warehouses to release what cancels want back (cancel job): first the requests are written, then the unanswered ones
 * are sent, one call a warehouse.
 */
@ApplicationScoped
public class ReleaseAtWarehouses {
    private final RequestReleases requestReleases;
    private final Outbounds outbounds;
    private final EachInTurn eachInTurn;
    private final AskWarehouses<Outbound, Release> ask;

    @Inject
    public ReleaseAtWarehouses(
            RequestReleases requestReleases,
            Outbounds outbounds,
            WarehouseLocks warehouses,
            RecordReleases recordReleases,
            EachInTurn eachInTurn,
            WorkSignals signals) {
        this.requestReleases = requestReleases;
        this.outbounds = outbounds;
        this.eachInTurn = eachInTurn;
        this.ask = new AskWarehouses<>(
                Work.RELEASE_AT_WAREHOUSES,
                eachInTurn,
                signals,
                outbounds,
                outbound -> outbound,
                warehouses::release,
                Release::outbound,
                recordReleases::record);
    }

    /**
     * One round.
     *
     * @param limit how many lines, and how many outbounds of each warehouse
     * @param retrySeconds how long those are left alone whose warehouse did not answer
     * @param longestSeconds the most that a warehouse is left alone which stays silent while others answer
     * @return MORE when there may be more to ask at once
     * @throws Unreached when no warehouse answered
     */
    public Progress run(Set<Integer> partitions, int limit, int retrySeconds, int longestSeconds) {
        Progress requested = eachInTurn.run(
                Work.RELEASE_AT_WAREHOUSES,
                limit,
                most -> requestReleases.due(partitions, most),
                LineNumber::toString,
                requestReleases::request);
        List<Outbound> asked = eachInTurn.due(
                Work.RELEASE_AT_WAREHOUSES, limit, most -> outbounds.unreleased(partitions, most), Outbound::id);
        Progress released = ask.run(asked, limit, retrySeconds, longestSeconds);
        return requested.compareTo(released) > 0 ? requested : released;
    }
}
