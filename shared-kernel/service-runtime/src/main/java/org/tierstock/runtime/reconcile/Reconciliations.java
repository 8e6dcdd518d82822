package org.tierstock.runtime.reconcile;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.tierstock.runtime.fence.Fence;

/** Runs reconciliations on demand and on schedule. */
@ApplicationScoped
public class Reconciliations {
    private static final Logger LOG = Logger.getLogger(Reconciliations.class);
    private static final int MOST_CUTS = 5;

    private final Instance<Reconciler> reconciler;
    private final ReconciliationRows rows;
    private final Fence fence;
    private final String every;
    private final AtomicLong differencesFound;

    @Inject
    public Reconciliations(
            Instance<Reconciler> reconciler,
            ReconciliationRows rows,
            Fence fence,
            @ConfigProperty(name = "tierstock.reconcile.every") String every,
            MeterRegistry meters) {
        this.reconciler = reconciler;
        this.rows = rows;
        this.fence = fence;
        this.every = every;
        this.differencesFound = meters.gauge("tierstock.reconciliation.differences", new AtomicLong());
    }

    /** Reconciles everything now; empty when this layer begins no reconciliations. */
    Optional<Reconciliation> run() {
        if (!reconciler.isResolvable()) {
            return Optional.empty();
        }
        Reconciler sides = reconciler.get();
        Map<String, ReconciliationRows.Compared> byScope = new LinkedHashMap<>();
        for (String scope : sides.scopes()) {
            Reconciler.Statements statements = stated(sides, scope);
            byScope.put(
                    scope,
                    new ReconciliationRows.Compared(
                            statements.cut(), Comparison.of(statements.here(), statements.there())));
        }
        Reconciliation result = rows.store(sides.peer(), byScope);
        report(result);
        return Optional.of(result);
    }

    /** A purge may overtake a cut; it does not overtake several, each chosen after it. */
    private static Reconciler.Statements stated(Reconciler sides, String scope) {
        for (int cuts = 1; ; cuts++) {
            try {
                return sides.state(scope);
            } catch (CutTooOld e) {
                LOG.debugf("Cut %d of %s is too old: %s", cuts, scope, e.getMessage());
                if (cuts == MOST_CUTS) {
                    throw e;
                }
            }
        }
    }

    private void report(Reconciliation result) {
        differencesFound.set(result.differenceCount());
        if (result.differenceCount() == 0) {
            LOG.infof(
                    "Reconciliation %s with %s: %d keys, no difference", result.number(), result.peer(), result.keys());
        } else {
            LOG.errorf(
                    "Reconciliation %s with %s: %d of %d keys differ, first %s",
                    result.number(),
                    result.peer(),
                    result.differenceCount(),
                    result.keys(),
                    result.differences().getFirst());
        }
    }

    @Scheduled(
            every = "${tierstock.reconcile.every}",
            delayed = "30s",
            identity = "reconciliation",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void runOnSchedule() {
        Duration period = DurationConverter.parseDuration(every);
        if (!fence.isOpen() || !reconciler.isResolvable() || !rows.takeTurn(period.dividedBy(2))) {
            return;
        }
        try {
            run();
        } catch (RuntimeException e) {
            LOG.warnf(e, "The scheduled reconciliation could not be run and is tried again in %s", period);
        }
    }
}
