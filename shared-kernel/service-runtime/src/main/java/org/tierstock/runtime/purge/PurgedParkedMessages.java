package org.tierstock.runtime.purge;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.runtime.sql.Database;

/**
 * Parked messages that were replayed or closed a while ago. One that waits for a person waits for ever. One that was given up
 * stays as well, since every reconciliation that differs by it names it; but its body goes, which nobody applies any more.
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
        return database.query(
                        """
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
                        """,
                        p -> p.number(1, Math.max(keepSeconds, leastSeconds)).integer(2, limit),
                        row -> row.getInt(1))
                .getFirst();
    }
}
