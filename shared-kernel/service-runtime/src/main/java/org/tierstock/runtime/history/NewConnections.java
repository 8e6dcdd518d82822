package org.tierstock.runtime.history;

import io.agroal.api.AgroalPoolInterceptor;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.tierstock.runtime.exchange.CommittedJournal;
import org.tierstock.runtime.fence.Fence;

/**
 * Looks at the database behind each new connection before anything is posted by it: after a failover it may be one that lacks
 * what this replica has seen committed. Such a connection is cut, and the fence closed.
 */
@Singleton
public class NewConnections implements AgroalPoolInterceptor {
    private static final Logger LOG = Logger.getLogger(NewConnections.class);

    /** For so long connections are cut: what had passed the fence before it closed has ended by then. */
    private static final long CUT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final CommittedJournal committed;
    private final Fence fence;
    private volatile Long closedAt;

    @Inject
    public NewConnections(CommittedJournal committed, Fence fence) {
        this.committed = committed;
        this.fence = fence;
    }

    @Override
    public void onConnectionCreate(Connection connection) {
        CommittedJournal.Known known = committed.known();
        if (known.epoch() == 0 || !fence.isOpen() && !closedLately()) {
            return;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT epoch, (SELECT coalesce(max(number), 0) FROM journal) FROM installation")) {
            row.next();
            String missed = known.missedBy(row.getLong(1), row.getLong(2));
            if (missed != null) {
                if (fence.isOpen()) {
                    LOG.errorf("A new connection leads to a database that has fallen back: %s", missed);
                    closedAt = System.nanoTime();
                    fence.close("The database has fallen back: " + missed + ".");
                }
                connection.abort(Runnable::run);
            }
        } catch (SQLException e) {
            LOG.debug("A new connection could not be looked at", e);
        }
    }

    private boolean closedLately() {
        Long closed = closedAt;
        return closed != null && System.nanoTime() - closed < CUT_NANOS;
    }
}
