package org.tierstock.integration.faults;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.tierstock.local.Layer;
import org.tierstock.local.LayerDatabase;
import org.tierstock.local.LocalPlatform;

/**
 * Somebody who reads each layer's ledger and leaves the transaction open, as a dump does or a forgotten window: it keeps its
 * snapshot, and a lock that every change of the tables' definitions would wait for.
 */
final class Snapshots implements AutoCloseable {
    private final LocalPlatform platform;
    private final List<Connection> open = new ArrayList<>();

    Snapshots(LocalPlatform platform) {
        this.platform = platform;
    }

    /** Reads, and keeps the transactions open until they are released or the server dies. */
    void hold() {
        release();
        for (Layer layer : Layer.values()) {
            try {
                open.add(read(platform.database(layer)));
            } catch (SQLException e) {
                throw new IllegalStateException("The ledger of " + layer.code() + " cannot be read", e);
            }
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

    /** Ends what is still open. */
    void release() {
        for (Connection connection : open) {
            try {
                connection.close();
            } catch (SQLException e) {
                // The server that it was open at has died meanwhile, and the snapshot with it.
                continue;
            }
        }
        open.clear();
    }

    @Override
    public void close() {
        release();
    }
}
