package org.tierstock.runtime.purge;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.runtime.sql.Database;

/**
 * Audits and reconciliations of long ago, with their results; but never the last one of a kind that compared everything, nor
 * the first one that shows a difference which is still there, since it says since when the two differ; nor one that an
 * adjustment was made by.
 */
@ApplicationScoped
public class PurgedChecks implements PurgedRows {
    /** Those that go, the oldest first. */
    private static final String OLD = """
            WITH last AS (
                SELECT max(run_id) AS run_id FROM check_run
                WHERE state = 'DONE' AND warehouse IS NULL AND sku IS NULL GROUP BY kind
            ), open AS (
                SELECT run_id AS since FROM check_run
                WHERE number IN (SELECT first_seen_in FROM open_difference
                                 UNION SELECT reconciliation FROM reconciliation_adjustment)
                UNION
                SELECT min(r.run_id)
                FROM last JOIN check_run now USING (run_id) JOIN audit_difference d ON d.number = now.number
                JOIN audit_difference e ON e.key = d.key AND e.bucket = d.bucket
                JOIN check_run r ON r.number = e.number
                GROUP BY d.key, d.bucket
            ), old AS (
                SELECT number FROM check_run
                WHERE finished_at < now() - make_interval(secs => ?)
                  AND run_id NOT IN (SELECT run_id FROM last) AND run_id NOT IN (SELECT since FROM open)
                ORDER BY finished_at LIMIT ?
            )
            """;

    private final Database database;
    private final long keepSeconds;

    /** @param keep how long an audit or a reconciliation stays after its end */
    @Inject
    public PurgedChecks(Database database, @ConfigProperty(name = "tierstock.purge.checks-keep") Duration keep) {
        this.database = database;
        this.keepSeconds = keep.toSeconds();
    }

    /** For the container's proxy. */
    protected PurgedChecks() {
        this(null, Duration.ZERO);
    }

    @Override
    public String name() {
        return "check_run";
    }

    /** One may have more cuts than a transaction should delete: what belongs to a run goes first, then what is empty. */
    @Override
    public int purge(int limit, long leastSeconds) {
        long seconds = Math.max(keepSeconds, leastSeconds);
        int deleted = 0;
        for (String table : new String[] {
            "reconciliation_cut", "reconciliation_document", "reconciliation_difference", "audit_difference"
        }) {
            deleted += delete(
                    "DELETE FROM %1$s WHERE ctid = ANY (ARRAY(SELECT b.ctid FROM old JOIN %1$s b USING (number) LIMIT ?))"
                            .formatted(table),
                    limit,
                    limit - deleted,
                    seconds);
        }
        return deleted + delete("""
                        , bare AS MATERIALIZED (
                            SELECT number FROM old
                            WHERE NOT EXISTS (SELECT FROM reconciliation_cut b WHERE b.number = old.number)
                              AND NOT EXISTS (SELECT FROM reconciliation_document b WHERE b.number = old.number)
                              AND NOT EXISTS (SELECT FROM reconciliation_difference b WHERE b.number = old.number)
                              AND NOT EXISTS (SELECT FROM audit_difference b WHERE b.number = old.number)
                            LIMIT ?
                        ), reconciled AS (
                            DELETE FROM reconciliation WHERE number IN (SELECT number FROM bare)
                        ), audited AS (
                            DELETE FROM audit WHERE number IN (SELECT number FROM bare)
                        )
                        DELETE FROM check_run WHERE number IN (SELECT number FROM bare)
                        """, limit, limit - deleted, seconds);
    }

    private int delete(String sql, int looked, int most, long seconds) {
        return most <= 0
                ? 0
                : database.update(
                        OLD + sql, p -> p.number(1, seconds).integer(2, looked).integer(3, most));
    }
}
