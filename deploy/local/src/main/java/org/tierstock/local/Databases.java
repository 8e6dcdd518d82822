package org.tierstock.local;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.UnaryOperator;

/**
 * Gives each layer its own database on one PostgreSQL server, with two roles: an owner that migrations run with, and the
 * role that the service works with, which may use what the owner grants it and change no definition.
 */
final class Databases {

    private final UnaryOperator<String> jdbcUrlOf;
    private final String administrator;
    private final String administratorPassword;
    private final UnaryOperator<String> passwordOf;

    /**
     * @param jdbcUrlOf the JDBC url of a database of the server, by the database's name
     * @param administrator a role that may create roles and databases
     * @param passwordOf the password that a role shall have, by the role's name
     */
    Databases(
            UnaryOperator<String> jdbcUrlOf,
            String administrator,
            String administratorPassword,
            UnaryOperator<String> passwordOf) {
        this.jdbcUrlOf = jdbcUrlOf;
        this.administrator = administrator;
        this.administratorPassword = administratorPassword;
        this.passwordOf = passwordOf;
    }

    /** The layer's database, whether it is there yet or not. */
    LayerDatabase of(Layer layer) {
        String name = "tierstock_" + layer.code();
        String owner = name + "_owner";
        return new LayerDatabase(jdbcUrlOf.apply(name), name, passwordOf.apply(name), owner, passwordOf.apply(owner));
    }

    /** Makes the layer's database and roles, or brings the passwords of those that are there up to date. */
    void provide(Layer layer) {
        LayerDatabase database = of(layer);
        String name = database.user();
        try {
            try (Connection connection = DriverManager.getConnection(
                            jdbcUrlOf.apply("postgres"), administrator, administratorPassword);
                    Statement statement = connection.createStatement()) {
                provideRole(connection, database.owner(), database.ownerPassword());
                provideRole(connection, database.user(), database.password());
                // An administrator who is no superuser may give a database only to a role that it belongs to.
                statement.execute("GRANT " + database.owner() + " TO CURRENT_USER");
                if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", name)) {
                    statement.execute("CREATE DATABASE " + name + " OWNER " + database.owner() + " TEMPLATE template0");
                }
                statement.execute("REVOKE ALL ON DATABASE " + name + " FROM PUBLIC");
                statement.execute("GRANT CONNECT ON DATABASE " + name + " TO " + database.user());
            }
            try (Connection connection = DriverManager.getConnection(
                            database.jdbcUrl(), database.owner(), database.ownerPassword());
                    Statement statement = connection.createStatement()) {
                statement.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC");
                statement.execute("GRANT USAGE ON SCHEMA public TO " + database.user());
            }
        } catch (SQLException e) {
            throw new PlatformFailure("cannot make the database of " + layer.code() + ": " + e.getMessage(), e);
        }
    }

    /** Has the server write out what it holds in memory, and keep the files of its log that are needed no longer for what comes. */
    void checkpoint() {
        try (Connection connection =
                        DriverManager.getConnection(jdbcUrlOf.apply("postgres"), administrator, administratorPassword);
                Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT");
        } catch (SQLException e) {
            throw new PlatformFailure("no checkpoint of the databases: " + e.getMessage(), e);
        }
    }

    private static void provideRole(Connection connection, String role, String password) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role)) {
                statement.execute("CREATE ROLE " + role);
            }
            // Names and passwords are our own letters and hexadecimal digits: nothing to quote.
            statement.execute("ALTER ROLE " + role + " LOGIN PASSWORD '" + password + "'");
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet result = statement.executeQuery()) {
                return result.next();
            }
        }
    }
}
