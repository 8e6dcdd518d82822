package org.tierstock.runtime.check;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.tierstock.runtime.obligations.Obligation;
import org.tierstock.runtime.obligations.Obligations;

/**
 * What a layer owes to those who trust its books: the next comparison is owed since the last one of everything that came to its
 * end, and a decision since an adjustment was proposed.
 */
@ApplicationScoped
public class CheckObligations implements Obligations {
    private static final String LAST = """
            SELECT finished_at AS since FROM check_run
            WHERE kind = '%s' AND state = 'DONE' AND warehouse IS NULL AND sku IS NULL ORDER BY run_id DESC LIMIT 1
            """;

    @Override
    public List<Obligation> kinds() {
        return List.of(
                new Obligation("LAST_AUDIT", LAST.formatted(Check.Kind.AUDIT)),
                new Obligation("LAST_RECONCILIATION", LAST.formatted(Check.Kind.RECONCILIATION)),
                new Obligation("ADJUSTMENT_PROPOSED", """
                        SELECT proposed_at AS since FROM reconciliation_adjustment
                        WHERE state = 'PROPOSED' ORDER BY adjustment_id
                        """));
    }
}
