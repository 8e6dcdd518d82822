package org.tierstock.dispatch.adapter.in.schedule;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.dispatch.application.ReleaseAtWarehouses;
import org.tierstock.dispatch.application.Work;
import org.tierstock.runtime.work.WorkLoops;

/** Asks warehouses to release what cancels want back, and asks again what had no answer. */
@ApplicationScoped
public class ReleaseAtWarehousesJob {
    private final WorkLoops loops;
    private final ReleaseAtWarehouses releaseAtWarehouses;
    private final int batch;
    private final int retrySeconds;
    private final int longestSeconds;
    private final Duration every;

    /**
     * Takes its bounds.
     *
     * @param batch lines and outbounds a round
     * @param retrySeconds how long what could not be finished is left alone
     * @param longestSeconds the most that a warehouse is left alone which stays silent while others answer
     * @param every how long it waits when nobody wakes it
     */
    @Inject
    public ReleaseAtWarehousesJob(
            WorkLoops loops,
            ReleaseAtWarehouses releaseAtWarehouses,
            @ConfigProperty(name = "tierstock.release.batch", defaultValue = "512") int batch,
            @ConfigProperty(name = "tierstock.release.retry-seconds", defaultValue = "1") int retrySeconds,
            @ConfigProperty(name = "tierstock.release.longest-retry-seconds", defaultValue = "60") int longestSeconds,
            @ConfigProperty(name = "tierstock.release.every", defaultValue = "1s") Duration every) {
        this.loops = loops;
        this.releaseAtWarehouses = releaseAtWarehouses;
        this.batch = batch;
        this.retrySeconds = retrySeconds;
        this.longestSeconds = longestSeconds;
        this.every = every;
    }

    void start(@Observes StartupEvent event) {
        loops.start(
                Work.RELEASE_AT_WAREHOUSES,
                every,
                partitions -> releaseAtWarehouses.run(partitions, batch, retrySeconds, longestSeconds));
    }
}
