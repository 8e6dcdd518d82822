package org.tierstock.runtime.sql;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Ends the sessions of this service's role that hold row locks for a caller that is gone: one that fell silent in the middle
 * of a request, or does not take the answer to it.
 *
 * <p>PostgreSQL itself waits for such a caller without end, and everybody else waits for its locks: a
 * {@code statement_timeout} begins when a request is whole, an {@code idle_in_transaction_session_timeout} when it is
 * answered. Several statements that travel together are one request, of which the first may have come and the rest not.
 */
@ApplicationScoped
public class LostCallers {
    private static final Logger LOG = Logger.getLogger(LostCallers.class);

    private final Database database;
    private final int seconds;

    /** @param seconds after which whoever sent the request has given it up */
    @Inject
    public LostCallers(Database database, @ConfigProperty(name = "tierstock.pg.answer-seconds") int seconds) {
        this.database = database;
        this.seconds = seconds;
    }

    /** For the container's proxy. */
    protected LostCallers() {
        this(null, 0);
    }

    /** Ends what it finds. The transactions of these sessions are rolled back. */
    @Scheduled(every = "2s", identity = "lost-callers", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void end() {
        List<Integer> ended = database.query("""
                SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND usename = current_user
                  -- it has locked or written something
                  AND backend_xid IS NOT NULL
                  -- within a request, but waiting for its sender
                  AND state = 'active' AND wait_event_type = 'Client'
                  AND state_change < clock_timestamp() - make_interval(secs => ?)
                """, p -> p.integer(1, seconds), row -> row.getInt("pid"));
        if (!ended.isEmpty()) {
            LOG.warnf("Ended database sessions %s: their callers fell silent in the middle of a request", ended);
        }
    }
}
