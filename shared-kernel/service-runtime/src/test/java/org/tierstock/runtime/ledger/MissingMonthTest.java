package org.tierstock.runtime.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
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
        asOwner("DROP TABLE IF EXISTS " + MONTH);
        asOwner("ALTER TABLE put_aside RENAME TO " + MONTH);
        asOwner("ALTER TABLE ledger ATTACH PARTITION %s FOR VALUES FROM ('%s-01 00:00:00+00') TO ('%s-01 00:00:00+00')"
                .formatted(MONTH, THIS, THIS.plusMonths(1)));
        asOwner("DELETE FROM probe_stock WHERE sku = 'm1'");
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
