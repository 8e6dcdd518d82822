package org.tierstock.runtime.purge;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.runtime.sql.Database;

/** Backups that were closed a while ago, with the positions that they held. An open one stays, however old it is. */
@ApplicationScoped
public class PurgedBackups implements PurgedRows {
    private final Database database;
    private final long keepSeconds;

    /** @param keep how long a backup stays in the list after it was closed */
    @Inject
    public PurgedBackups(Database database, @ConfigProperty(name = "tierstock.purge.backups-keep") Duration keep) {
        this.database = database;
        this.keepSeconds = keep.toSeconds();
    }

    /** For the container's proxy. */
    protected PurgedBackups() {
        this(null, Duration.ZERO);
    }

    @Override
    public String name() {
        return "backup";
    }

    /** A backup has a few positions for every stream partition, so it goes as a whole. */
    @Override
    public int purge(int limit, long leastSeconds) {
        return database.query(
                        """
                        WITH old AS MATERIALIZED (
                            SELECT backup_id FROM backup
                            WHERE closed_at < now() - make_interval(secs => ?) ORDER BY backup_id LIMIT ?
                        ), positions AS (
                            DELETE FROM backup_position p USING old WHERE p.backup_id = old.backup_id
                        ), gone AS (
                            DELETE FROM backup b USING old WHERE b.backup_id = old.backup_id
                        )
                        SELECT count(*) FROM old
                        """,
                        p -> p.number(1, Math.max(keepSeconds, leastSeconds)).integer(2, limit),
                        row -> row.getInt(1))
                .getFirst();
    }
}
