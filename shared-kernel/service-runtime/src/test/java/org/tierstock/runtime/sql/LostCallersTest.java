package org.tierstock.runtime.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.tierstock.runtime.probe.Books;
import org.tierstock.runtime.probe.Platform;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class LostCallersTest {
    private static final String ROLE = "probe";

    @Inject
    Books books;

    @Inject
    Database database;

    @ConfigProperty(name = "tierstock.pg.url")
    String url;

    @Test
    void a_caller_that_falls_silent_in_the_middle_of_a_request_does_not_keep_its_locks() throws Exception {
        long row = books.receive("web/silent", "silent", 10, "G-silent");
        try (HalfARequest caller = silentAfter("SELECT 1 FROM probe_stock WHERE row_id = " + row + " FOR UPDATE")) {
            // PostgreSQL's own time-outs do not end it: its statement is done, and within a request it is not idle.
            Thread.sleep(1_500);
            assertThatThrownBy(() -> lock(row)).hasMessageContaining("lock timeout");

            new LostCallers(database, 1).end();

            assertThatCode(() -> lock(row)).doesNotThrowAnyException();
            assertThat(caller.isEnded()).isTrue();
        }
    }

    @Test
    void a_caller_that_has_been_silent_for_a_moment_is_waited_for() throws Exception {
        long row = books.receive("web/slow", "slow", 10, "G-slow");
        try (HalfARequest caller = silentAfter("SELECT 1 FROM probe_stock WHERE row_id = " + row + " FOR UPDATE")) {
            new LostCallers(database, 60).end();

            assertThatThrownBy(() -> lock(row)).hasMessageContaining("lock timeout");
            assertThat(caller.isEnded()).isFalse();
        }
    }

    @Test
    void a_statement_that_runs_and_a_silent_caller_without_locks_are_let_be() throws Exception {
        try (HalfARequest reader = silentAfter("SELECT 1");
                Connection runs = session();
                Statement statement = runs.createStatement()) {
            statement.execute("SET idle_in_transaction_session_timeout = 0");
            runs.setAutoCommit(false);
            statement.execute("SELECT pg_current_xact_id()");
            Thread other = Thread.startVirtualThread(() -> new LostCallers(database, 0).end());

            assertThatCode(() -> statement.execute("SELECT pg_sleep(1)")).doesNotThrowAnyException();
            other.join();
            new LostCallers(database, 0).end();

            assertThatCode(() -> statement.execute("SELECT 1")).doesNotThrowAnyException();
            assertThat(reader.isEnded()).isFalse();
        }
    }

    private HalfARequest silentAfter(String statement) throws Exception {
        URI address = URI.create(url.substring("jdbc:".length()));
        return new HalfARequest(address.getPort(), ROLE, address.getPath().substring(1), statement);
    }

    private void lock(long row) throws SQLException {
        try (Connection session = session();
                Statement statement = session.createStatement()) {
            statement.execute("SET lock_timeout = '200ms'");
            statement.execute("SELECT 1 FROM probe_stock WHERE row_id = " + row + " FOR UPDATE");
        }
    }

    private Connection session() throws SQLException {
        return DriverManager.getConnection(url, ROLE, ROLE);
    }
}
