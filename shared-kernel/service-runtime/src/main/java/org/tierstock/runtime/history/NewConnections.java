package org.tierstock.runtime.history;

import io.agroal.api.AgroalPoolInterceptor;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jboss.logging.Logger;
import org.tierstock.runtime.exchange.CommittedJournal;
import org.tierstock.runtime.exchange.CommittedJournal.Commit;
import org.tierstock.runtime.exchange.CommittedJournal.Found;
import org.tierstock.runtime.exchange.CommittedJournal.Known;
import org.tierstock.runtime.fence.Fence;

/**
 * Looks at the database behind each new connection before anything is posted by it: after a failover it may be one that lacks
 * what this or another replica has seen committed. Such a connection is cut, and the fence closed.
 */
@Singleton
public class NewConnections implements AgroalPoolInterceptor {
    private static final Logger LOG = Logger.getLogger(NewConnections.class);

    /** For so long connections are cut: what had passed the fence before it closed has ended by then. */
    private static final Duration CUT = Duration.ofSeconds(10);

    private static final String LOOK = "SELECT epoch, " + CommittedJournal.LINE
            + ", (SELECT coalesce(max(number), 0) FROM journal), " + CommittedJournal.MISSING + " FROM installation";

    private final CommittedJournal committed;
    private final Fence fence;

    @Inject
    public NewConnections(CommittedJournal committed, Fence fence) {
        this.committed = committed;
        this.fence = fence;
    }

    @Override
    public void onConnectionCreate(Connection connection) {
        Known known = committed.known();
        if (known.line().isEmpty() && known.epoch() == 0 || !fence.wasOpenWithin(CUT)) {
            return;
        }
        String doubt = doubt(connection, known);
        if (doubt != null) {
            if (fence.isOpen()) {
                LOG.errorf("A new connection does not lead to the database that this replica knows: %s", doubt);
                fence.close(doubt);
            }
            cut(connection);
        }
    }

    /** Why nothing must be posted by this connection; null when all is well. */
    private static String doubt(Connection connection, Known known) {
        try (PreparedStatement statement = connection.prepareStatement(LOOK)) {
            statement.setArray(1, connection.createArrayOf("bigint", numbers(known.commits(), Commit::number)));
            statement.setArray(2, connection.createArrayOf("bigint", numbers(known.commits(), Commit::at)));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                Found found = new Found(row.getLong(1), row.getString(2), row.getLong(3), row.getObject(4, Long.class));
                String missed = known.missedBy(found);
                if (missed != null) {
                    return "The database has fallen back: " + missed + ".";
                }
                return known.failedOver(found) ? DatabaseWatch.FAILED_OVER : null;
            }
        } catch (SQLException e) {
            LOG.debug("A new connection could not be looked at", e);
            cut(connection);
            return null;
        }
    }

    private static Object[] numbers(List<Commit> commits, ToLongFunction<Commit> number) {
        return commits.stream().map(number::applyAsLong).toArray();
    }

    private static void cut(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("A connection could not be cut", e);
        }
    }
}
