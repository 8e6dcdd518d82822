package org.tierstock.runtime.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.Database.Binder;
import org.tierstock.runtime.sql.DatabaseFailure;
import org.tierstock.testing.EmbeddedDatabase;
import org.tierstock.testing.TransactionalDataSource;

class LedgerPartitionsTest {
    private static final int MONTHS_AHEAD = 6;
    private static final Database.Write POSTING = new Database.Write(1, """
            INSERT INTO ledger (action, from_bucket, to_row, to_bucket, quantity,
                                document_kind, document_number, document_line)
            VALUES ('INCREASE', 'EXTERNAL', 1, 'HERE', 5, 'PURCHASE_RECEIPT', 'PR-1', 1)
            """, Binder.NOTHING);
    private static final Database.Read<Integer> NOTHING_FIRST =
            new Database.Read<>("SELECT 1", Binder.NOTHING, row -> row.getInt(1));

    private final EmbeddedDatabase embedded = EmbeddedDatabase.migrated("classpath:db/runtime");
    private final TransactionalDataSource dataSource = embedded.dataSource();
    private final Database database = new Database(dataSource);
    private final Database owner = new Database(embedded.ownerDataSource());
    private final LedgerPartitions partitions = new LedgerPartitions(database, MONTHS_AHEAD);

    @Test
    void a_month_is_made_while_the_ledger_is_read_and_written_and_neither_waits_for_it() throws SQLException {
        String missing = months().getLast();
        owner.update("DROP TABLE " + missing, Binder.NOTHING);
        try (Connection reader = open("SELECT count(*) FROM ledger");
                Connection writer = open(POSTING.sql())) {
            dataSource.inTransaction(() -> {
                database.update("SET LOCAL lock_timeout = '500ms'", Binder.NOTHING);
                partitions.ensure();

                // Before the month is committed: whoever comes now does not wait for it either.
                outside(POSTING.sql());
            });

            assertThat(months()).endsWith(missing).hasSize(MONTHS_AHEAD + 1);
            assertThat(indexes(missing)).isEqualTo(indexes(months().getFirst())).isEqualTo(4);
            reader.rollback();
            writer.commit();
        }
    }

    @Test
    void a_month_that_cannot_be_made_while_another_session_is_at_it_is_not_passed_over_in_silence()
            throws SQLException {
        try (Connection other = open("SELECT pg_advisory_xact_lock(hashtextextended('ensure_ledger_partitions', 0))")) {
            // There is nothing to wait for.
            partitions.ensure();

            String missing = months().getLast();
            owner.update("DROP TABLE " + missing, Binder.NOTHING);
            assertThatExceptionOfType(DatabaseFailure.class)
                    .isThrownBy(partitions::ensure)
                    .matches(failure -> failure.sqlState().equals("55P03"));

            other.rollback();
            partitions.ensure();
            assertThat(months()).endsWith(missing);
        }
    }

    @Test
    void no_more_months_are_made_than_are_of_use() {
        List<String> before = months();

        for (int ahead : List.of(25, 200, -1)) {
            assertThatExceptionOfType(DatabaseFailure.class)
                    .isThrownBy(() -> database.query(
                            "SELECT ensure_ledger_partitions(?)", p -> p.integer(1, ahead), row -> row.getInt(1)))
                    .matches(failure -> failure.sqlState().equals("22023"));
        }

        assertThat(months()).isEqualTo(before);
    }

    @Test
    void a_posting_whose_month_is_missing_is_not_taken_for_one_that_finds_no_stock() {
        owner.update("DROP TABLE " + months().getFirst(), Binder.NOTHING);

        assertThatExceptionOfType(DatabaseFailure.class)
                .isThrownBy(() -> dataSource.inTransaction(() -> database.attempt(NOTHING_FIRST, List.of(POSTING))))
                .satisfies(failure -> {
                    assertThat(failure.monthMissing()).isTrue();
                    assertThat(failure.nothingDone()).isTrue();
                    assertThat(failure.againstTheRules()).isFalse();
                });

        partitions.ensure();
        database.updateExactly(List.of(POSTING));
    }

    @Test
    void a_value_that_a_check_refuses_is_no_missing_month() {
        Database.Write nothing = new Database.Write(1, POSTING.sql().replace("5,", "0,"), Binder.NOTHING);

        assertThat(dataSource.inTransaction(() -> database.attempt(NOTHING_FIRST, List.of(nothing))))
                .isEmpty();
    }

    @Test
    void a_single_month_can_be_neither_changed_nor_emptied_even_by_its_owner() {
        database.updateExactly(List.of(POSTING));
        String month = months().getFirst();

        for (String change : List.of("UPDATE %s SET quantity = 6", "DELETE FROM %s", "TRUNCATE %s")) {
            for (Database role : List.of(database, owner)) {
                assertThatExceptionOfType(DatabaseFailure.class)
                        .as(change)
                        .isThrownBy(() -> role.update(change.formatted(month), Binder.NOTHING))
                        .satisfies(refused -> assertThat(refused.sqlState()).isEqualTo("42501"));
            }
        }
    }

    @Test
    void a_service_that_works_as_the_owner_of_its_ledger_says_what_is_not_protected_then() {
        assertThat(new LedgerOwner(database).unprotected()).isEmpty();
        assertThat(new LedgerOwner(owner).unprotected())
                .get()
                .asString()
                .contains("tierstock_owner", "drop months of it");
    }

    @Test
    void a_temporary_table_of_its_name_does_not_keep_a_month_from_being_made() {
        String missing = months().getLast();
        owner.update("DROP TABLE " + missing, Binder.NOTHING);

        dataSource.inTransaction(() -> {
            database.update("CREATE TEMPORARY TABLE " + missing + " (nothing integer)", Binder.NOTHING);
            partitions.ensure();
        });

        assertThat(months()).contains(missing);
    }

    @Test
    void no_function_is_everybodys_and_none_with_its_owners_rights_looks_for_names_where_others_may_put_them() {
        assertThat(owner.query("""
                        SELECT p.oid::regprocedure::text FROM pg_proc p
                        WHERE p.pronamespace = 'public'::regnamespace
                          AND (EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
                                       WHERE a.grantee = 0)
                               OR p.prosecdef
                                  AND NOT 'search_path=pg_catalog, public, pg_temp' = ANY (coalesce(p.proconfig, '{}')))
                        ORDER BY 1
                        """, Binder.NOTHING, row -> row.getString(1))).isEmpty();
    }

    /** The months that postings can go to, the earliest first. */
    private List<String> months() {
        return owner.query("""
                SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                WHERE i.inhparent = 'ledger'::regclass ORDER BY c.relname
                """, Binder.NOTHING, row -> row.getString(1));
    }

    private int indexes(String table) {
        return owner.query(
                        "SELECT count(*) FROM pg_index WHERE indrelid = ?::regclass",
                        p -> p.text(1, table),
                        row -> row.getInt(1))
                .getFirst();
    }

    /** A transaction of another session that has run this statement. */
    private Connection open(String sql) throws SQLException {
        Connection session = embedded.ownerDataSource().getConnection();
        session.setAutoCommit(false);
        try (Statement statement = session.createStatement()) {
            statement.execute(sql);
        }
        return session;
    }

    private void outside(String sql) {
        try (Connection session = embedded.ownerDataSource().getConnection();
                Statement statement = session.createStatement()) {
            statement.execute("SET lock_timeout = '500ms'");
            statement.execute(sql);
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        }
    }
}
