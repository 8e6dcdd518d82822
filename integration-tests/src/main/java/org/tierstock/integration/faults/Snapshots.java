package org.tierstock.integration.faults;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.tierstock.local.Layer;
import org.tierstock.local.LayerDatabase;
import org.tierstock.local.LocalPlatform;

/**
 * Somebody who reads each layer's ledger and leaves the transaction open, as a dump does or a forgotten window: it keeps its
 * snapshot, and a lock that every change of the tables' definitions would wait for.
 */
final class Snapshots implements AutoCloseable {
    private static final String STILL_LOCKED = """
            SELECT EXISTS (SELECT FROM pg_locks WHERE pid = pg_backend_pid() AND relation = 'ledger'::regclass
                           AND mode = 'AccessShareLock' AND granted)
            """;

    private final LocalPlatform platform;
    private final Map<Layer, Connection> open = new EnumMap<>(Layer.class);

    Snapshots(LocalPlatform platform) {
        this.platform = platform;
    }

    /** Reads every ledger, and keeps the transactions open until they are released or the server dies. */
    void hold() {
        for (Layer layer : Layer.values()) {
            hold(layer);
        }
    }

    /** The same of one layer. */
    void hold(Layer layer) {
        try {
            open.put(layer, read(platform.database(layer)));
        } catch (SQLException e) {
            throw new IllegalStateException("The ledger of " + layer.code() + " cannot be read", e);
        }
    }

    private static Connection read(LayerDatabase database) throws SQLException {
        Connection connection =
                DriverManager.getConnection(database.jdbcUrl(), database.owner(), database.ownerPassword());
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT count(*) FROM ledger");
        }
        return connection;
    }

    /** Ends what is still open, and answers whose ledger that was. */
    Set<Layer> release() {
        Set<Layer> kept = EnumSet.noneOf(Layer.class);
        open.forEach((layer, connection) -> {
            try (connection) {
                if (keepsItsLock(connection)) {
                    kept.add(layer);
                }
            } catch (SQLException e) {
                // The server that it was open at has died meanwhile, and the snapshot with it.
                return;
            }
        });
        open.clear();
        return kept;
    }

    private static boolean keepsItsLock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet locked = statement.executeQuery(STILL_LOCKED)) {
            return locked.next() && locked.getBoolean(1);
        }
    }

    @Override
    public void close() {
        release();
    }
}
