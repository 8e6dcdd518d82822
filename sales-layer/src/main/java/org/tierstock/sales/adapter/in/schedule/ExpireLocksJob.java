package org.tierstock.sales.adapter.in.schedule;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.tierstock.runtime.posting.GroupCommit;
import org.tierstock.runtime.work.WorkLoops;
import org.tierstock.sales.application.port.DueOrders;
import org.tierstock.sales.domain.OrderNumber;

/**
 * Expires unpaid orders soon after their time. They are posted like any command, so that one which cannot be expired does
 * not hold the others back, and orders placed meanwhile wait for a batch at most.
 */
@ApplicationScoped
public class ExpireLocksJob {
    private static final Logger LOG = Logger.getLogger(ExpireLocksJob.class);
    private static final String WORK = "expire-locks";

    private final WorkLoops loops;
    private final DueOrders dueOrders;
    private final GroupCommit<OrderNumber, Boolean> expiring;
    private final Duration every;
    private final int batch;

    @Inject
    public ExpireLocksJob(
            WorkLoops loops,
            DueOrders dueOrders,
            GroupCommit<OrderNumber, Boolean> expiring,
            @ConfigProperty(name = "tierstock.expiry.every", defaultValue = "500ms") Duration every,
            @ConfigProperty(name = "tierstock.expiry.batch", defaultValue = "500") int batch) {
        this.loops = loops;
        this.dueOrders = dueOrders;
        this.expiring = expiring;
        this.every = every;
        this.batch = batch;
    }

    void start(@Observes StartupEvent event) {
        loops.start(WORK, every, this::expire);
    }

    /** True when there may be more to do at once. */
    private boolean expire(Set<Integer> partitions) {
        List<OrderNumber> due = dueOrders.due(partitions, batch);
        List<CompletableFuture<Boolean>> outcomes = due.stream()
                .map(number -> expiring.submit(WORK, number.text(), number)
                        .exceptionally(failure -> notNow(number, failure))
                        .toCompletableFuture())
                .toList();
        long expired = outcomes.stream().filter(CompletableFuture::join).count();
        return due.size() == batch && expired > 0;
    }

    private static boolean notNow(OrderNumber number, Throwable failure) {
        LOG.warnf("Order %s could not be expired and is tried again: %s", number, failure.getMessage());
        return false;
    }
}
