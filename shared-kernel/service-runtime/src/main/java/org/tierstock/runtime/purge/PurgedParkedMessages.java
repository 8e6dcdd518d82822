package org.tierstock.runtime.purge;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.runtime.sql.Database;

/**
 * Parked messages that were replayed or closed a while ago. One that waits for a person waits for ever. Of one that was given
 * up the body goes, which nobody applies any more; it stays itself, since every reconciliation that differs by it names it, until
 * everything was compared since and no key of it differs. A hand-over that was given up stays for good: cancels of its line are
 * answered by it, whenever they come.
 */
@ApplicationScoped
public class PurgedParkedMessages implements PurgedRows {
    private final Database database;
    private final long keepSeconds;

    /** @param keep how long a message stays after it was settled */
    @Inject
    public PurgedParkedMessages(
            Database database, @ConfigProperty(name = "tierstock.purge.parked-keep") Duration keep) {
        this.database = database;
        this.keepSeconds = keep.toSeconds();
    }

    /** For the container's proxy. */
    protected PurgedParkedMessages() {
        this(null, Duration.ZERO);
    }

    @Override
    public String name() {
        return "parked_message";
    }

    @Override
    public int purge(int limit, long leastSeconds) {
        long seconds = Math.max(keepSeconds, leastSeconds);
        int settled = settled(limit, seconds);
        return settled + madeGood(limit - settled, seconds);
    }

    /** Those that were given up and that nothing differs by any more. */
    private int madeGood(int limit, long seconds) {
        return database.update("""
                DELETE FROM parked_message WHERE parked_id = ANY (ARRAY(
                    SELECT m.parked_id FROM parked_message m
                    WHERE m.given_up AND m.payload = '' AND m.queue <> 'hand-over'
                      AND m.settled_at < now() - make_interval(secs => ?)
                      -- of more differences than are listed nobody would know
                      AND m.settled_at < (SELECT c.asked_at FROM check_run c
                                          -- from the last one back, or the differences of all of them are counted
                                          CROSS JOIN LATERAL (SELECT difference_count FROM reconciliation r
                                                              WHERE r.number = c.number LIMIT 1) r
                                          WHERE c.kind = 'RECONCILIATION' AND c.state = 'DONE'
                                            AND c.warehouse IS NULL AND c.sku IS NULL
                                            AND r.difference_count = (SELECT count(*) FROM reconciliation_difference d
                                                                      WHERE d.number = c.number)
                                          ORDER BY c.run_id DESC LIMIT 1)
                      AND NOT EXISTS (SELECT FROM open_difference o WHERE o.key = ANY (m.effect_keys COLLATE "C"))
                    ORDER BY m.settled_at LIMIT ?))
                """, p -> p.number(1, seconds).integer(2, limit));
    }

    private int settled(int limit, long seconds) {
        return database.query("""
                        WITH settled AS MATERIALIZED (
                            SELECT parked_id, given_up FROM parked_message
                            WHERE state <> 'PARKED' AND (NOT given_up OR payload <> '')
                              AND settled_at < now() - make_interval(secs => ?)
                            ORDER BY settled_at LIMIT ?
                        ), emptied AS (
                            UPDATE parked_message m SET payload = '', properties = '{}'
                            FROM settled s WHERE s.given_up AND m.parked_id = s.parked_id
                        ), gone AS (
                            DELETE FROM parked_message m USING settled s WHERE NOT s.given_up AND m.parked_id = s.parked_id
                        )
                        SELECT count(*) FROM settled
                        """, p -> p.number(1, seconds).integer(2, limit), row -> row.getInt(1))
                .getFirst();
    }
}
