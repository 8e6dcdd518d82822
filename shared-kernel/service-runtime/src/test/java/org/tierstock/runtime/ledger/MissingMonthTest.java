package org.tierstock.runtime.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.tierstock.runtime.probe.Books;
import org.tierstock.runtime.probe.Platform;
import org.tierstock.runtime.sql.DatabaseFailure;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class MissingMonthTest {
    private static final long PATIENCE = Duration.ofSeconds(30).toNanos();
    private static final YearMonth THIS = YearMonth.now(ZoneOffset.UTC);
    private static final String MONTH = "ledger_" + THIS.format(DateTimeFormatter.ofPattern("yyyy_MM"));

    @Inject
    Books books;

    @ConfigProperty(name = "tierstock.pg.url")
    String url;

    @BeforeEach
    void this_month_is_missing() throws SQLException {
        asOwner("ALTER TABLE ledger DETACH PARTITION " + MONTH);
        asOwner("ALTER TABLE " + MONTH + " RENAME TO put_aside");
    }

    @AfterEach
    void what_was_there_is_back() throws SQLException {
        // In one transaction, and behind the lock of whoever makes months: each posting that failed has asked for this
        // one.
        asOwner("""
                SELECT pg_advisory_xact_lock(hashtextextended('ensure_ledger_partitions', 0));
                DROP TABLE IF EXISTS %1$s;
                ALTER TABLE put_aside RENAME TO %1$s;
                ALTER TABLE ledger ATTACH PARTITION %1$s
                    FOR VALUES FROM ('%2$s-01 00:00:00+00') TO ('%3$s-01 00:00:00+00');
                DELETE FROM probe_stock WHERE sku = 'm1'
                """.formatted(MONTH, THIS, THIS.plusMonths(1)));
    }

    @Test
    void a_posting_that_finds_its_month_missing_has_it_made_and_succeeds_when_it_is_tried_again() {
        assertThatExceptionOfType(DatabaseFailure.class)
                .isThrownBy(() -> books.receive("web/m1", "m1", 10, "G-m1"))
                .matches(DatabaseFailure::monthMissing);

        long given = System.nanoTime();
        while (!received()) {
            assertThat(System.nanoTime() - given).isLessThan(PATIENCE);
        }
    }

    @Test
    void a_posting_whose_month_is_missing_succeeds_while_a_transaction_is_open_that_has_read_the_ledger()
            throws SQLException {
        try (Connection reader = DriverManager.getConnection(url, "postgres", "postgres");
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("SELECT count(*) FROM ledger");

            long given = System.nanoTime();
            while (!received()) {
                assertThat(System.nanoTime() - given).isLessThan(PATIENCE);
            }

            assertThat(isOpen(reader)).isTrue();
            reader.rollback();
        }
    }

    /** Whether it still keeps those out who want the ledger for themselves. */
    private boolean isOpen(Connection reader) throws SQLException {
        try (Connection other = DriverManager.getConnection(url, "postgres", "postgres");
                Statement statement = other.createStatement();
                ResultSet held =
                        statement.executeQuery("SELECT count(*) FROM pg_locks WHERE relation = 'ledger'::regclass"
                                + " AND mode = 'AccessShareLock' AND granted AND pid = "
                                + reader.unwrap(PGConnection.class).getBackendPID())) {
            held.next();
            return held.getLong(1) == 1;
        }
    }

    private boolean received() {
        try {
            books.receive("web/m1", "m1", 10, "G-m1");
            return true;
        } catch (DatabaseFailure stillMissing) {
            return false;
        }
    }

    private void asOwner(String sql) throws SQLException {
        try (Connection owner = DriverManager.getConnection(url, "postgres", "postgres");
                Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }
}
