package org.tierstock.dispatch.adapter.in.schedule;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.dispatch.application.LockAtWarehouses;
import org.tierstock.dispatch.application.Work;
import org.tierstock.runtime.work.WorkLoops;

/** Asks warehouses to lock what orders were allocated, and asks again what had no answer. */
@ApplicationScoped
public class LockAtWarehousesJob {
    private final WorkLoops loops;
    private final LockAtWarehouses lockAtWarehouses;
    private final int batch;
    private final int retrySeconds;
    private final int longestSeconds;
    private final Duration every;

    /**
     * Takes its bounds.
     *
     * @param batch outbounds a round
     * @param retrySeconds how long what could not be finished is left alone
     * @param longestSeconds the most that a warehouse is left alone which stays silent while others answer
     * @param every how long it waits when nobody wakes it
     */
    @Inject
    public LockAtWarehousesJob(
            WorkLoops loops,
            LockAtWarehouses lockAtWarehouses,
            @ConfigProperty(name = "tierstock.lock.batch", defaultValue = "512") int batch,
            @ConfigProperty(name = "tierstock.lock.retry-seconds", defaultValue = "1") int retrySeconds,
            @ConfigProperty(name = "tierstock.lock.longest-retry-seconds", defaultValue = "60") int longestSeconds,
            @ConfigProperty(name = "tierstock.lock.every", defaultValue = "1s") Duration every) {
        this.loops = loops;
        this.lockAtWarehouses = lockAtWarehouses;
        this.batch = batch;
        this.retrySeconds = retrySeconds;
        this.longestSeconds = longestSeconds;
        this.every = every;
    }

    void start(@Observes StartupEvent event) {
        loops.start(
                Work.LOCK_AT_WAREHOUSES,
                every,
                partitions -> lockAtWarehouses.run(partitions, batch, retrySeconds, longestSeconds));
    }
}
