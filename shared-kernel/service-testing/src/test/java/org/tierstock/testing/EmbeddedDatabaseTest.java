package org.tierstock.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.Database.Binder;
import org.tierstock.runtime.sql.DatabaseFailure;

class EmbeddedDatabaseTest {
    private final TransactionalDataSource dataSource =
            EmbeddedDatabase.migrated("classpath:db/runtime").dataSource();
    private final Database database = new Database(dataSource);

    @Test
    void every_database_is_fresh() {
        database.update("INSERT INTO journal DEFAULT VALUES", Binder.NOTHING);

        Database other =
                new Database(EmbeddedDatabase.migrated("classpath:db/runtime").dataSource());

        assertThat(journals(database)).isEqualTo(1);
        assertThat(journals(other)).isZero();
    }

    @Test
    void the_statements_of_a_transaction_share_it_and_others_see_them_after_the_commit() {
        Database outside = new Database(dataSource);

        dataSource.inTransaction(() -> {
            database.update("INSERT INTO journal DEFAULT VALUES", Binder.NOTHING);
            dataSource.inTransaction(() -> database.update("INSERT INTO journal DEFAULT VALUES", Binder.NOTHING));
            assertThat(journals(database)).isEqualTo(2);
            assertThat(elsewhere(() -> journals(outside))).isZero();
        });

        assertThat(journals(outside)).isEqualTo(2);
    }

    @Test
    void a_transaction_that_fails_leaves_nothing_behind() {
        assertThatIllegalStateException()
                .isThrownBy(() -> dataSource.inTransaction(() -> {
                    database.update("INSERT INTO journal DEFAULT VALUES", Binder.NOTHING);
                    throw new IllegalStateException("rolled back");
                }));

        assertThat(journals(database)).isZero();
    }

    @Test
    void the_runtime_role_may_not_change_tables() {
        assertThatExceptionOfType(DatabaseFailure.class)
                .isThrownBy(() -> database.update("DROP TABLE journal", Binder.NOTHING))
                .satisfies(refused -> assertThat(refused.sqlState()).isEqualTo("42501"));
    }

    @Test
    void the_ledger_can_be_neither_changed_nor_emptied_even_by_its_owner() {
        String insert = """
                INSERT INTO ledger (action, from_bucket, to_row, to_bucket, quantity,
                                    document_kind, document_number, document_line)
                VALUES ('INCREASE', 'EXTERNAL', 1, 'HERE', 5, 'PURCHASE_RECEIPT', 'PR-1', 1)
                """;
        database.update(insert, Binder.NOTHING);
        EmbeddedDatabase fresh = EmbeddedDatabase.migrated("classpath:db/runtime");
        Database owner = new Database(fresh.ownerDataSource());
        owner.update(insert, Binder.NOTHING);

        for (String change : new String[] {"UPDATE ledger SET quantity = 6", "DELETE FROM ledger", "TRUNCATE ledger"}) {
            for (Database role : new Database[] {database, owner}) {
                assertThatExceptionOfType(DatabaseFailure.class)
                        .isThrownBy(() -> role.update(change, Binder.NOTHING))
                        .satisfies(refused -> assertThat(refused.sqlState()).isEqualTo("42501"));
            }
        }
    }

    private static long journals(Database database) {
        return database.query("SELECT count(*) FROM journal", Binder.NOTHING, row -> row.getLong(1))
                .getFirst();
    }

    private static <T> T elsewhere(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question).join();
    }
}
