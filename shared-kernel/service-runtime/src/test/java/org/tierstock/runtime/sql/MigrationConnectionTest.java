package org.tierstock.runtime.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tierstock.runtime.probe.Platform;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class MigrationConnectionTest {
    private static final Duration FOR_EVER = Duration.ofMinutes(1);

    @Inject
    Flyway migrations;

    @Inject
    Database database;

    @ConfigProperty(name = "tierstock.pg.url")
    String url;

    @AfterEach
    void nothing_of_the_test_is_left() throws SQLException {
        try (Connection owner = session();
                Statement statement = owner.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS wanted, wanted_history");
        }
    }

    @Test
    void a_services_migration_waits_for_a_lock_and_a_statement_only_so_long_also_at_the_server() {
        assertThat(migrations.getConfiguration().getJdbcProperties())
                .containsEntry("socketTimeout", "6")
                .containsEntry(
                        "options", "-c lock_timeout=1s -c statement_timeout=5s -c client_connection_check_interval=1s");
        assertThat(Arrays.asList(migrations.getConfiguration().getCallbacks()))
                .hasAtLeastOneElementOfType(LockHolders.class);
    }

    @Test
    void a_start_whose_migration_finds_its_table_read_gives_up_leaves_nobody_waiting_and_says_who_reads(
            @TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("V1__more.sql"), "ALTER TABLE wanted ADD COLUMN more integer;");
        FluentConfiguration flyway = Flyway.configure()
                .dataSource(url, "postgres", "postgres")
                .locations("filesystem:" + directory)
                .table("wanted_history")
                .baselineOnMigrate(true)
                .baselineVersion("0");
        new MigrationConnection(1, 5, 1).customize(flyway);
        try (Connection reader = session();
                Statement statement = reader.createStatement()) {
            statement.execute("CREATE TABLE wanted (one integer)");
            reader.setAutoCommit(false);
            statement.execute("SELECT count(*) AS long_read FROM wanted");

            assertThatThrownBy(() -> flyway.load().migrate()).hasMessageContaining("lock timeout");

            assertThat(waiting()).isZero();
            assertThatCode(this::anotherReads).doesNotThrowAnyException();
            assertThat(LockHolders.holders(flyway))
                    .anySatisfy(
                            holder -> assertThat(holder).contains("postgres", "wanted AccessShareLock", "long_read"));
        }
        assertThat(flyway.load().migrate().migrationsExecuted).isEqualTo(1);
    }

    @Test
    void a_start_gives_up_a_database_that_takes_the_connection_and_never_answers() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String nobody = "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/any";
            FluentConfiguration flyway = Flyway.configure().dataSource(nobody, "owner", "password");

            new MigrationConnection(1, 1, 1).customize(flyway);

            assertTimeoutPreemptively(
                    FOR_EVER,
                    () -> assertThatThrownBy(() -> flyway.load().migrate())
                            .hasRootCauseInstanceOf(SocketTimeoutException.class));
        }
    }

    private Connection session() throws SQLException {
        return DriverManager.getConnection(url, "postgres", "postgres");
    }

    private void anotherReads() throws SQLException {
        try (Connection reader = session();
                Statement statement = reader.createStatement()) {
            statement.execute("SET lock_timeout = '500ms'");
            statement.execute("SELECT count(*) FROM wanted");
        }
    }

    private long waiting() {
        return database.query(
                        "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'wanted'::regclass",
                        Database.Binder.NOTHING,
                        row -> row.getLong(1))
                .getFirst();
    }
}
