package org.tierstock.runtime.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tierstock.runtime.check.Part;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.Database.Binder;
import org.tierstock.runtime.sql.DatabaseFailure;
import org.tierstock.testing.Audited;
import org.tierstock.testing.EmbeddedDatabase;
import org.tierstock.testing.TransactionalDataSource;

/** Months of the ledger are closed, audited without being read, and put away. */
class LedgerClosingTest {
    /** A month can be closed an hour after its end. */
    private static final YearMonth THIS =
            YearMonth.from(ZonedDateTime.now(ZoneOffset.UTC).minusHours(2));

    private static final YearMonth LAST = THIS.minusMonths(1);
    private static final YearMonth OLDEST = THIS.minusMonths(2);

    private final EmbeddedDatabase embedded = EmbeddedDatabase.migrated("classpath:db/runtime");
    private final TransactionalDataSource dataSource = embedded.dataSource();
    private final Database database = new Database(dataSource);
    private final Database owner = new Database(embedded.ownerDataSource());
    private final Audited audited = new Audited(database, Optional.empty(), 1);

    @BeforeEach
    void three_months_of_two_stock_rows() {
        run("CREATE TABLE shelf (row_id bigint PRIMARY KEY, sellable bigint NOT NULL, locked bigint NOT NULL)");
        run("CREATE VIEW stock_row AS SELECT row_id, 'shelf ' || row_id AS key FROM shelf");
        run("""
            CREATE VIEW stock_balance AS SELECT row_id, bucket, quantity
            FROM shelf, LATERAL (VALUES ('SELLABLE', sellable), ('LOCKED', locked)) AS b (bucket, quantity)
            """);
        for (YearMonth month : new YearMonth[] {OLDEST, LAST, THIS}) {
            owner.query(
                    "SELECT make_ledger_month(m) FROM (SELECT ?::date AS m) t WHERE to_regclass(ledger_month_table(m)) IS NULL",
                    p -> p.text(1, month + "-01"),
                    row -> row.getString(1));
        }
        moved(OLDEST, null, "EXTERNAL", 1L, "SELLABLE", 100);
        moved(OLDEST, null, "EXTERNAL", 2L, "SELLABLE", 50);
        moved(OLDEST, 1L, "SELLABLE", 1L, "LOCKED", 30);
        moved(LAST, 1L, "LOCKED", null, "EXTERNAL", 30);
        moved(LAST, 1L, "SELLABLE", 2L, "SELLABLE", 20);
        moved(THIS, 2L, "SELLABLE", 2L, "LOCKED", 5);
        run("INSERT INTO shelf VALUES (1, 50, 0), (2, 65, 5)");
    }

    @Test
    void an_audit_begins_at_the_last_opening_and_finds_what_it_found_before() {
        assertThat(audit()).isEmpty();

        close(OLDEST);
        assertThat(readByAnAudit(OLDEST)).isZero();
        assertThat(readByAnAudit(LAST)).isPositive();
        close(LAST);
        assertThat(readByAnAudit(LAST)).isZero();
        assertThat(readByAnAudit(THIS)).isPositive();

        assertThat(audit()).isEmpty();
        run("UPDATE shelf SET sellable = sellable + 3 WHERE row_id = 1");
        assertThat(audit()).containsExactly(new Audit.Difference("shelf 1", "SELLABLE", 53, 50));
    }

    @Test
    void a_month_that_was_closed_is_put_away_and_no_audit_misses_it() {
        close(OLDEST);
        detach(OLDEST);
        close(LAST);
        detach(LAST);

        assertThat(audit()).isEmpty();
        assertThat(count(table(OLDEST))).isEqualTo(3);
        assertThat(count("ledger")).isEqualTo(1);
        run("UPDATE shelf SET locked = locked - 1 WHERE row_id = 2");
        assertThat(audit()).containsExactly(new Audit.Difference("shelf 2", "LOCKED", 4, 5));
        // What is put away is still kept from changes; its owner may drop it when it is archived.
        refused("DELETE FROM " + table(OLDEST), "append-only");
        run("DROP TABLE " + table(OLDEST));
    }

    @Test
    void a_month_is_closed_while_the_ledger_is_read_and_written() throws SQLException {
        try (Connection reader = open("SELECT count(*) FROM ledger");
                Connection writer = open(movement(THIS, null, "EXTERNAL", 1L, "SELLABLE", 1))) {
            close(OLDEST);
            reader.rollback();
            writer.rollback();
        }

        assertThat(audit()).isEmpty();
    }

    @Test
    void nothing_comes_into_a_month_any_more_that_was_closed() {
        close(OLDEST);

        refused(movement(OLDEST, null, "EXTERNAL", 1L, "SELLABLE", 1), "has been closed");
        close(OLDEST);
        assertThat(audit()).isEmpty();
    }

    @Test
    void no_month_is_closed_before_its_time_and_none_is_put_away_that_was_not_closed() {
        refused(closing(LAST), "Close the months before");
        refused(closing(THIS), "can be closed from");
        refused(closing(OLDEST.minusMonths(1)), "is not part of the ledger");
        refused("SELECT detach_ledger_month('" + OLDEST + "')", "is not closed");
        for (String asked : new String[] {closing(OLDEST), "SELECT detach_ledger_month('" + OLDEST + "')"}) {
            assertThatExceptionOfType(DatabaseFailure.class)
                    .as("the service asks for %s", asked)
                    .isThrownBy(() -> database.update(asked, Binder.NOTHING))
                    .matches(failure -> failure.sqlState().equals("42501"));
        }
    }

    @Test
    void a_closing_that_was_interrupted_does_not_count_and_is_done_again() {
        run("INSERT INTO ledger_closing VALUES ('%s-01', '%s-01 00:00:00+00', NULL)".formatted(OLDEST, LAST));
        run("INSERT INTO ledger_opening VALUES ('%s-01 00:00:00+00', 1, 'SELLABLE', 7)".formatted(LAST));
        assertThat(audit()).isEmpty();

        close(OLDEST);

        assertThat(readByAnAudit(OLDEST)).isZero();
        assertThat(audit()).isEmpty();
        assertThat(count("ledger_opening")).isEqualTo(3);
    }

    @Test
    void a_month_is_closed_by_one_session_at_a_time() throws SQLException {
        run("CREATE FUNCTION pause() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN PERFORM pg_advisory_xact_lock(7); RETURN NULL; END $$");
        run("CREATE TRIGGER pause BEFORE INSERT ON ledger_opening EXECUTE FUNCTION pause()");
        CompletableFuture<Void> first;
        try (Connection held = open("SELECT pg_advisory_xact_lock(7)")) {
            first = CompletableFuture.runAsync(() -> close(OLDEST));
            while (owner.query(
                            "SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted",
                            Binder.NOTHING,
                            row -> 1)
                    .isEmpty()) {
                Thread.onSpinWait();
            }

            refused("SET lock_timeout = '1s'; " + closing(OLDEST), "Another session is closing a month");
            held.rollback();
        }
        first.join();

        assertThat(count("ledger_opening")).isEqualTo(3);
        assertThat(audit()).isEmpty();
        close(OLDEST);
        close(LAST);
        assertThat(audit()).isEmpty();
    }

    /** What an audit finds. */
    private List<Audit.Difference> audit() {
        return audited.differences(Part.WHOLE);
    }

    /** How often an audit reads anything of a month. */
    private long readByAnAudit(YearMonth month) {
        return dataSource.inTransaction(() -> {
            audit();
            return database.query("""
                            SELECT coalesce(sum(seq_scan + coalesce(idx_scan, 0)), 0) FROM pg_stat_xact_user_tables
                            WHERE relname = ?
                            """, p -> p.text(1, table(month)), row -> row.getLong(1))
                    .getFirst();
        });
    }

    private void close(YearMonth month) {
        run(closing(month));
    }

    private static String closing(YearMonth month) {
        return "CALL close_ledger_month('" + month + "')";
    }

    /** As psql does by \gexec. */
    private void detach(YearMonth month) {
        run(owner.query("SELECT detach_ledger_month(?)", p -> p.text(1, month.toString()), row -> row.getString(1))
                .getFirst());
    }

    private static String table(YearMonth month) {
        return "ledger_" + month.format(DateTimeFormatter.ofPattern("yyyy_MM"));
    }

    private void moved(YearMonth month, Long from, String fromBucket, Long to, String toBucket, long quantity) {
        run(movement(month, from, fromBucket, to, toBucket, quantity));
    }

    private static String movement(
            YearMonth month, Long from, String fromBucket, Long to, String toBucket, long quantity) {
        return """
               INSERT INTO ledger (moved_at, action, from_row, from_bucket, to_row, to_bucket, quantity,
                                   document_kind, document_number, document_line)
               VALUES ('%s-01 00:00:00+00', 'INCREASE', %s, '%s', %s, '%s', %d, 'PURCHASE_RECEIPT', 'PR-1', 1)
               """.formatted(month, from, fromBucket, to, toBucket, quantity);
    }

    private void refused(String sql, String reason) {
        assertThatExceptionOfType(DatabaseFailure.class)
                .isThrownBy(() -> run(sql))
                .withMessageContaining(reason);
    }

    private long count(String table) {
        return owner.query("SELECT count(*) FROM " + table, Binder.NOTHING, row -> row.getLong(1))
                .getFirst();
    }

    private void run(String sql) {
        try (Connection session = embedded.ownerDataSource().getConnection();
                Statement statement = session.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        }
    }

    private Connection open(String sql) throws SQLException {
        Connection session = embedded.ownerDataSource().getConnection();
        session.setAutoCommit(false);
        try (Statement statement = session.createStatement()) {
            statement.execute(sql);
        }
        return session;
    }
}
