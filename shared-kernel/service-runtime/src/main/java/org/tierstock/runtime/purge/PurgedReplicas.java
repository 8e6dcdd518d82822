package org.tierstock.runtime.purge;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.tierstock.runtime.sql.Database;

/** Replicas that have not asked for any part of a work for a while, an hour at least: they have ended without saying so. */
@ApplicationScoped
public class PurgedReplicas implements PurgedRows {
    private static final long LEAST_SECONDS = 3_600;

    private final Database database;

    @Inject
    public PurgedReplicas(Database database) {
        this.database = database;
    }

    /** For the container's proxy. */
    protected PurgedReplicas() {
        this(null);
    }

    @Override
    public String name() {
        return "replica";
    }

    @Override
    public int purge(int limit, long leastSeconds) {
        return database.update(
                """
                DELETE FROM replica WHERE (work, owner) IN (
                    SELECT work, owner FROM replica WHERE seen_at < now() - make_interval(secs => ?)
                    ORDER BY work, owner LIMIT ?)
                """, p -> p.number(1, Math.max(LEAST_SECONDS, leastSeconds)).integer(2, limit));
    }
}
