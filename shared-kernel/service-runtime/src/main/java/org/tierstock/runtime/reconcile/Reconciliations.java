package org.tierstock.runtime.reconcile;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.tierstock.runtime.check.Check;
import org.tierstock.runtime.check.CheckRuns;
import org.tierstock.runtime.check.Checks;
import org.tierstock.runtime.check.Part;
import org.tierstock.runtime.fence.Fence;
import org.tierstock.runtime.problem.Problem;
import org.tierstock.runtime.sql.DatabaseFailure;

/** Reconciles on demand and on schedule, at the layers that begin reconciliations. */
@ApplicationScoped
public class Reconciliations implements Check {
    private static final Logger LOG = Logger.getLogger(Reconciliations.class);
    private static final int MOST_CUTS = 5;
    private static final String NOBODY = "";

    private final Instance<Reconciler> reconciler;
    private final ReconciliationRows rows;
    private final DocumentsAround documents;
    private final Checks checks;
    private final CheckRuns runs;
    private final OpenDifferences open;
    private final Fence fence;
    private final String every;

    @Inject
    public Reconciliations(
            Instance<Reconciler> reconciler,
            ReconciliationRows rows,
            DocumentsAround documents,
            Checks checks,
            CheckRuns runs,
            OpenDifferences open,
            Fence fence,
            @ConfigProperty(name = "tierstock.reconcile.every") String every) {
        this.reconciler = reconciler;
        this.rows = rows;
        this.documents = documents;
        this.checks = checks;
        this.runs = runs;
        this.open = open;
        this.fence = fence;
        this.every = every;
    }

    @Override
    public Kind kind() {
        return Kind.RECONCILIATION;
    }

    /**
     * The part, if there is such a one.
     *
     * @throws org.tierstock.movements.InvalidValue when there is not
     */
    Part required(Part part) {
        reconciler.get().require(part);
        return part;
    }

    @Override
    public Result run(Part part, LongConsumer compared) {
        Compared result = new Compared(ReconciliationRows.MAX_DIFFERENCES);
        Reconciler sides = reconciler.get();
        sides.reconcile(part, portion -> {
            compare(portion, result, compared);
            compared.accept(result.keys());
        });
        Map<String, List<Reconciliation.Document>> around = documentsAround(result);
        return number -> {
            rows.store(number, result, around);
            open.found(number, part, result);
            report(number, sides.peer(), result);
        };
    }

    /** Found here, once and in the background: whoever looks at the result does not wait for it. */
    private Map<String, List<Reconciliation.Document>> documentsAround(Compared result) {
        try {
            return documents.of(result.differences().stream()
                    .map(Comparison.Difference::key)
                    .toList());
        } catch (DatabaseFailure e) {
            LOG.warnf(e, "The documents around the differences could not be looked for");
            return Map.of();
        }
    }

    /** The difference of a key that a reconciliation lists, without its documents; empty when it lists none. */
    public Optional<Reconciliation.Difference> difference(String number, String scope, String key) {
        return rows.difference(number, scope, key);
    }

    /** Whether the two layers differ in a key at a fresh cut, and how; without a record of it. Calls the other layer. */
    public Optional<Reconciliation.Difference> lookAgain(String scope, String key) {
        String sku = key.substring(key.lastIndexOf('/') + 1);
        Part part = new Part(scope.isEmpty() ? null : scope, sku);
        Compared result = new Compared(ReconciliationRows.MAX_DIFFERENCES);
        reconciler.get().reconcile(part, portion -> compare(portion, result, keys -> {}));
        return result.differences().stream()
                .filter(found -> found.scope().equals(scope) && found.key().equals(key))
                .map(found -> new Reconciliation.Difference(scope, key, found.here(), found.there(), List.of()))
                .findFirst();
    }

    /** A purge may overtake a cut; it does not overtake several, each chosen after it. */
    private static void compare(Supplier<Reconciler.Statements> portion, Compared result, LongConsumer compared) {
        for (int cuts = 1; ; cuts++) {
            try (Reconciler.Statements statements = portion.get()) {
                result.add(
                        statements.cut(),
                        Comparison.of(
                                statements.here(),
                                statements.there(),
                                result.room(),
                                keys -> compared.accept(result.keys() + keys)));
                return;
            } catch (CutTooOld e) {
                LOG.debugf("Cut %d is too old: %s", cuts, e.getMessage());
                if (cuts == MOST_CUTS) {
                    throw e;
                }
            }
        }
    }

    private static void report(String number, String peer, Compared result) {
        if (result.differenceCount() == 0) {
            LOG.infof("Reconciliation %s with %s: %d keys, no difference", number, peer, result.keys());
        } else {
            LOG.errorf(
                    "Reconciliation %s with %s: %d of %d keys differ, first %s",
                    number,
                    peer,
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
        if (!fence.isOpen() || !reconciler.isResolvable() || runs.isDoneWithin(kind(), period.dividedBy(2))) {
            return;
        }
        try {
            checks.begin(this, Part.WHOLE, NOBODY);
        } catch (Problem running) {
            // Somebody has a part compared. Should that go on for ever, the age of the last one of everything shows it.
            LOG.infof("The scheduled reconciliation begins in %s: %s", period, running.detail());
        }
    }
}
