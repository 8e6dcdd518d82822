package org.tierstock.dispatch.adapter.out.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.Database.Binder;
import org.tierstock.testing.EmbeddedDatabase;
import org.tierstock.testing.TransactionalDataSource;

class PostgresRefusalPurgeTest {
    private final TransactionalDataSource dataSource = EmbeddedDatabase.migrated(
                    "classpath:db/runtime", "classpath:db/dispatch")
            .dataSource();
    private final Database database = new Database(dataSource);

    @Test
    void a_refusal_goes_when_it_keeps_nothing_back_any_more() {
        database.update("""
                INSERT INTO refusal (outbound, warehouse, partition, sku, node, virtual_warehouse, owner, quality, held, at_sequence)
                VALUES ('D1', 'W1', 1, 'KETTLE', 'W1', 'MAIN', 'ACME', 'NORMAL', 0, 1),
                       ('D2', 'W1', 1, 'KETTLE', 'W1', 'MAIN', 'ACME', 'NORMAL', 5, 2)
                """, Binder.NOTHING);

        assertThat(dataSource.inTransaction(() -> new PostgresRefusalPurge(database).purge(10, 0)))
                .isEqualTo(1);

        assertThat(database.query("SELECT outbound FROM refusal", Binder.NOTHING, row -> row.getString(1)))
                .containsExactly("D2");
    }
}
