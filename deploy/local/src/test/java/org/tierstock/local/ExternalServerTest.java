package org.tierstock.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A platform on a PostgreSQL server that was there before it. */
class ExternalServerTest {

    private static final BrokerAddress SOME_BROKER = new BrokerAddress("mq", 5672, "tierstock", "c");

    @TempDir
    Path directory;

    private final Ports ports = new Ports();
    private PostgresServer server;

    @BeforeEach
    void startServer() {
        server = new PostgresServer(
                directory.resolve("server"), directory.resolve("server.log"), ports.free(), "of-the-superuser");
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop();
        ports.close();
    }

    @Test
    void its_databases_are_made_by_an_administrator_who_is_no_superuser_and_found_again() throws SQLException {
        try (Connection superuser = DriverManager.getConnection(
                        server.jdbcUrl("postgres"), PostgresServer.SUPERUSER, "of-the-superuser");
                Statement statement = superuser.createStatement()) {
            statement.execute("CREATE ROLE admin LOGIN CREATEDB CREATEROLE PASSWORD 'of-the-admin'");
        }

        try (LocalPlatform platform = new LocalPlatform(settings())) {
            platform.start();
            assertThat(platform.processes()).isEmpty();
            createTable(platform.database(Layer.WAREHOUSE));
        }

        try (LocalPlatform again = new LocalPlatform(settings())) {
            again.start();
            assertThat(hasTable(again.database(Layer.WAREHOUSE))).isTrue();
        }
    }

    private PlatformSettings settings() {
        ExternalServices.Server external =
                new ExternalServices.Server(server.jdbcUrl("postgres"), "admin", "of-the-admin");
        return PlatformSettings.builder()
                .dataDirectory(directory.resolve("data"))
                .external(new ExternalServices(Optional.of(external), Map.of(), Optional.of(SOME_BROKER)))
                .layers()
                .build();
    }

    private static void createTable(LayerDatabase database) throws SQLException {
        try (Connection owner = owner(database);
                Statement statement = owner.createStatement()) {
            statement.execute("CREATE TABLE kept (n int)");
        }
    }

    private static boolean hasTable(LayerDatabase database) throws SQLException {
        try (Connection owner = owner(database)) {
            return owner.getMetaData().getTables(null, "public", "kept", null).next();
        }
    }

    private static Connection owner(LayerDatabase database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.owner(), database.ownerPassword());
    }
}
