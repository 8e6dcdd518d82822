package org.tierstock.integration.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.tierstock.local.LayerDatabase;

/** Connections of the benchmark itself. */
final class Databases {
    private Databases() {}

    static Connection connect(LayerDatabase database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    }
}
