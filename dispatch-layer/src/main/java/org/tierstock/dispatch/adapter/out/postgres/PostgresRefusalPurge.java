package org.tierstock.dispatch.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.tierstock.runtime.purge.PurgedRows;
import org.tierstock.runtime.sql.Database;

/** Refusals that keep nothing back any more: the outbound says what was refused of it. */
@ApplicationScoped
public class PostgresRefusalPurge implements PurgedRows {
    private final Database database;

    @Inject
    public PostgresRefusalPurge(Database database) {
        this.database = database;
    }

    /** For the container's proxy. */
    protected PostgresRefusalPurge() {
        this(null);
    }

    @Override
    public String name() {
        return "refusal";
    }

    /** Whoever looks for what was refused a short while ago finds it at the outbound, so its age does not matter. */
    @Override
    public int purge(int limit, long keepSeconds) {
        return database.update("""
                DELETE FROM refusal WHERE ctid = ANY (ARRAY(
                    SELECT ctid FROM refusal WHERE held = 0 LIMIT ? FOR UPDATE SKIP LOCKED))
                """, p -> p.integer(1, limit));
    }
}
