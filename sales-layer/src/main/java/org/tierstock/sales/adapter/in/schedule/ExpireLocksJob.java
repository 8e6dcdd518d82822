package org.tierstock.sales.adapter.in.schedule;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.tierstock.runtime.posting.GroupCommit;
import org.tierstock.runtime.posting.OutcomeUnknown;
import org.tierstock.runtime.posting.Overloaded;
import org.tierstock.runtime.work.EachInTurn;
import org.tierstock.runtime.work.Progress;
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
    private final EachInTurn eachInTurn;
    private final DueOrders dueOrders;
    private final GroupCommit<OrderNumber, Boolean> expiring;
    private final Duration every;
    private final int batch;

    @Inject
    public ExpireLocksJob(
            WorkLoops loops,
            EachInTurn eachInTurn,
            DueOrders dueOrders,
            GroupCommit<OrderNumber, Boolean> expiring,
            @ConfigProperty(name = "tierstock.expiry.every", defaultValue = "500ms") Duration every,
            @ConfigProperty(name = "tierstock.expiry.batch", defaultValue = "500") int batch) {
        this.loops = loops;
        this.eachInTurn = eachInTurn;
        this.dueOrders = dueOrders;
        this.expiring = expiring;
        this.every = every;
        this.batch = batch;
    }

    void start(@Observes StartupEvent event) {
        loops.start(
                WORK,
                every,
                partitions -> eachInTurn.run(
                        WORK, batch, most -> dueOrders.due(partitions, most), OrderNumber::text, this::expire));
    }

    /** Those that find no place, or whose outcome is not known, are due again by themselves. */
    private Progress expire(List<OrderNumber> due) {
        List<CompletableFuture<Boolean>> outcomes = due.stream()
                .map(number -> expiring.submit(WORK, number.text(), number)
                        .exceptionally(ExpireLocksJob::notNow)
                        .toCompletableFuture())
                .toList();
        CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
                .exceptionally(failure -> null)
                .join();
        try {
            return outcomes.stream().filter(CompletableFuture::join).count() > 0 ? Progress.DONE : Progress.NONE;
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static boolean notNow(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof Overloaded || cause instanceof OutcomeUnknown) {
            LOG.debugf("Not now: %s", cause.getMessage());
            return false;
        }
        throw failure instanceof CompletionException e ? e : new CompletionException(failure);
    }
}
