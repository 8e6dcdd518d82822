package org.tierstock.sales.adapter.in.schedule;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.runtime.work.WorkLoops;
import org.tierstock.sales.application.ExpireLocks;

/** Expires unpaid orders soon after their time, a batch a transaction, so that orders placed meanwhile wait little. */
@ApplicationScoped
public class ExpireLocksJob {
    private final WorkLoops loops;
    private final ExpireLocks expireLocks;
    private final Duration every;
    private final int batch;

    @Inject
    public ExpireLocksJob(
            WorkLoops loops,
            ExpireLocks expireLocks,
            @ConfigProperty(name = "tierstock.expiry.every", defaultValue = "500ms") Duration every,
            @ConfigProperty(name = "tierstock.expiry.batch", defaultValue = "500") int batch) {
        this.loops = loops;
        this.expireLocks = expireLocks;
        this.every = every;
        this.batch = batch;
    }

    void start(@Observes StartupEvent event) {
        loops.start("expire-locks", every, partitions -> expireLocks.expire(partitions, batch) == batch);
    }
}
