package org.tierstock.integration.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.tierstock.local.LayerDatabase;

/** Connections of the benchmark itself. */
final class Databases {
    private Databases() {}

    static Connection connect(LayerDatabase database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    }

    /** By the role that owns the tables. */
    static Connection connectAsOwner(LayerDatabase database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.owner(), database.ownerPassword());
    }

    /** The process that all of PostgreSQL's are children of, if it runs on this machine. */
    static Optional<ProcessHandle> postmaster(LayerDatabase database) {
        try (Connection connection = connect(database);
                PreparedStatement statement = connection.prepareStatement("SELECT pg_backend_pid()");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return ProcessHandle.of(row.getLong(1)).flatMap(ProcessHandle::parent);
        } catch (SQLException e) {
            throw new BenchFailure("the database does not answer", e);
        }
    }
}
