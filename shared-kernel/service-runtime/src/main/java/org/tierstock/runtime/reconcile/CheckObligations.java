package org.tierstock.runtime.reconcile;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.tierstock.runtime.check.Check;
import org.tierstock.runtime.obligations.Obligation;
import org.tierstock.runtime.obligations.Obligations;

/**
 * What a layer owes to those who trust its books: the next comparison is owed since the last one of everything that came to its
 * end, or since the installation's beginning when there was none, and a decision since an adjustment was proposed.
 */
@ApplicationScoped
public class CheckObligations implements Obligations {
    private static final String LAST = """
            SELECT coalesce(
                (SELECT finished_at FROM check_run
                 WHERE kind = '%s' AND state = 'DONE' AND warehouse IS NULL AND sku IS NULL ORDER BY run_id DESC LIMIT 1),
                installed_at) AS since
            FROM installation
            """;

    private final boolean reconciles;

    @Inject
    CheckObligations(Instance<Reconciler> reconciler) {
        this(reconciler.isResolvable());
    }

    /** @param reconciles whether the layer begins reconciliations: the others do not owe them */
    public CheckObligations(boolean reconciles) {
        this.reconciles = reconciles;
    }

    /** For the container's proxy. */
    protected CheckObligations() {
        this(false);
    }

    @Override
    public List<Obligation> kinds() {
        List<Obligation> kinds = new ArrayList<>();
        kinds.add(new Obligation("LAST_AUDIT", LAST.formatted(Check.Kind.AUDIT)));
        // Balances that are not what the ledger says, by the last audit of everything
        kinds.add(new Obligation("AUDIT_DIFFERENCE", """
                SELECT a.finished_at AS since
                FROM (SELECT number, finished_at FROM check_run
                      WHERE kind = 'AUDIT' AND state = 'DONE' AND warehouse IS NULL AND sku IS NULL
                      ORDER BY run_id DESC LIMIT 1) a
                -- for that audit only, or those of all audits are read
                CROSS JOIN LATERAL (SELECT FROM audit_difference d WHERE d.number = a.number LIMIT 1000) d
                """));
        kinds.add(new Obligation("ADJUSTMENT_PROPOSED", """
                SELECT proposed_at AS since FROM reconciliation_adjustment
                WHERE state = 'PROPOSED' ORDER BY adjustment_id
                """));
        // Keys of which two layers hold different quantities, by the last reconciliations
        kinds.add(new Obligation(
                "DIFFERENCE", "SELECT first_seen_at AS since FROM open_difference ORDER BY first_seen_at"));
        if (reconciles) {
            kinds.add(new Obligation("LAST_RECONCILIATION", LAST.formatted(Check.Kind.RECONCILIATION)));
        }
        return kinds;
    }
}
