package org.tierstock.runtime.sql;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * How many connections postings and jobs have: one for each worker that may hold one, and some for requests that have none.
 * The pool grows with the workers that are begun, so that none of them ever waits for another one's connection.
 */
@ApplicationScoped
public class PostingConnections {
    /** For what is posted by the thread of its request: masters, rules, backups, calls of other layers, and the timers. */
    static final int FOR_REQUESTS = 10;

    private static final Logger LOG = Logger.getLogger(PostingConnections.class);

    private final AgroalDataSource pool;
    private final Optional<Integer> most;
    private int workers;

    /** @param most the only number there may be, when it is set */
    @Inject
    public PostingConnections(
            AgroalDataSource pool, @ConfigProperty(name = "tierstock.pg.max-connections") Optional<Integer> most) {
        this.pool = pool;
        this.most = most;
    }

    /** For the container's proxy. */
    protected PostingConnections() {
        this(null, Optional.empty());
    }

    /**
     * Makes room for workers that are about to begin.
     *
     * @param what names them in the log
     */
    public synchronized void needed(String what, int connections) {
        workers += connections;
        int needed = workers + FOR_REQUESTS;
        if (most.isEmpty()) {
            pool.getConfiguration().connectionPoolConfiguration().setMaxSize(needed);
        } else if (most.get() < needed) {
            LOG.warnf(
                    "With %s postings and jobs need %d connections, and tierstock.pg.max-connections allows %d:"
                            + " they will wait for one another",
                    what, needed, most.get());
        }
    }

    /** How many there may be now. */
    int most() {
        return pool.getConfiguration().connectionPoolConfiguration().maxSize();
    }
}
