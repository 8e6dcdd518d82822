package org.tierstock.runtime.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.tierstock.runtime.probe.Books;
import org.tierstock.runtime.probe.Platform;

/** The server gives up by itself what its client has given up, or will. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class ServerBoundsTest {
    private static final long PATIENCE = Duration.ofSeconds(30).toNanos();
    private static final String BOUNDS = """
            SELECT concat_ws(' ', current_setting('lock_timeout'), current_setting('statement_timeout'),
                             current_setting('idle_in_transaction_session_timeout'))
            """;
    private static final String USUAL = "1s 10s 5s";
    private static final String PATIENT = "1s 10min 10min";

    @Inject
    Database database;

    @Inject
    Books books;

    @ConfigProperty(name = "tierstock.pg.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.jdbc.additional-jdbc-properties.options")
    String options;

    @Test
    void a_lock_that_does_not_come_is_a_refusal_and_nobody_waits_for_it_any_more() throws SQLException {
        long row = books.receive("web/l1", "l1", 10, "G-l1");
        try (Connection holder = DriverManager.getConnection(url, "postgres", "postgres");
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("SELECT 1 FROM probe_stock WHERE row_id = " + row + " FOR UPDATE");

            assertThatExceptionOfType(DatabaseFailure.class)
                    .isThrownBy(() -> books.lock(row, 1, "web:l1"))
                    .matches(DatabaseFailure::nothingDone)
                    .matches(failure -> !failure.unreachable());

            assertThat(waiting("probe_stock")).isZero();
        }
        books.lock(row, 1, "web:l1");
    }

    @Test
    void a_client_that_is_gone_leaves_no_statement_behind() throws SQLException {
        Properties client = new Properties();
        client.putAll(java.util.Map.of("user", "probe", "password", "probe", "socketTimeout", "1"));
        client.put("options", options + " -c statement_timeout=0");
        try (Connection session = DriverManager.getConnection(url, client);
                Statement statement = session.createStatement()) {
            assertThatThrownBy(() -> statement.execute("SELECT pg_sleep(600) AS left_behind"))
                    .hasRootCauseInstanceOf(SocketTimeoutException.class);
        }

        long given = System.nanoTime();
        while (active("left_behind") > 0) {
            assertThat(System.nanoTime() - given).isLessThan(PATIENCE);
        }
    }

    @Test
    void what_reads_whole_tables_is_waited_for_and_the_bounds_of_the_session_are_as_before_afterwards() {
        assertThat(bounds()).isEqualTo(USUAL);

        assertThat(database.survey(BOUNDS, Database.Binder.NOTHING, row -> row.getString(1)))
                .containsExactly(PATIENT);
        assertThatThrownBy(() -> database.survey("SELECT 1 / 0", Database.Binder.NOTHING, row -> row.getInt(1)))
                .isInstanceOf(DatabaseFailure.class);

        assertThat(java.util.stream.Stream.generate(this::bounds).limit(5)).containsOnly(USUAL);
    }

    private String bounds() {
        return database.query(BOUNDS, Database.Binder.NOTHING, row -> row.getString(1))
                .getFirst();
    }

    private long waiting(String text) {
        return activities("wait_event_type = 'Lock' AND query LIKE '%" + text + "%'");
    }

    private long active(String text) {
        return activities("state = 'active' AND query LIKE '%" + text + "%'");
    }

    private long activities(String condition) {
        List<Long> found = database.query(
                "SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND " + condition,
                Database.Binder.NOTHING,
                row -> row.getLong(1));
        return found.getFirst();
    }
}
