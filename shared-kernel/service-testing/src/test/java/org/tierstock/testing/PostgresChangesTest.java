package org.tierstock.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tierstock.runtime.changes.Change;
import org.tierstock.runtime.changes.Changes;
import org.tierstock.runtime.changes.PostgresChanges;
import org.tierstock.runtime.sql.Database;

class PostgresChangesTest implements ChangesContract {
    private final EmbeddedDatabase embedded = EmbeddedDatabase.migrated("classpath:db/runtime");
    private final TransactionalDataSource dataSource = embedded.dataSource();
    private final Database database = new Database(dataSource);
    private final PostgresChanges changes = new PostgresChanges(database, new ObjectMapper());

    @Override
    public Transactions transactions() {
        return dataSource;
    }

    @Override
    public Changes changes() {
        return changes;
    }

    @Override
    public List<String> standing() {
        return database.query(
                "SELECT concat_ws(' ', kind, code, version, subject) FROM change ORDER BY change_id",
                Database.Binder.NOTHING,
                row -> row.getString(1));
    }

    @Test
    void a_record_is_kept_as_it_was_and_as_it_is_with_who_did_it_when_and_in_which_request() {
        transactions().inTransaction(() -> {
            changes.append(List.of(new Change("SHELF", "EAST", 2, OLD, NEW, ALICE)));
        });

        assertThat(database.query("""
                        SELECT concat_ws(' ', before->'sku'->>'code', before->'regions', before->'weight', after->'weight',
                                         token_id, trace_id, changed_at = now())
                        FROM change
                        """, Database.Binder.NOTHING, row -> row.getString(1)))
                .containsExactly("tea [\"north\", \"south\"] null 7 jti-1 0af7651916cd43dd8448eb211c80319c f");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATE change SET subject = 'mallory'", "DELETE FROM change", "TRUNCATE change"})
    void nobody_alters_or_removes_a_change_not_even_the_owner(String harm) {
        transactions().inTransaction(() -> {
            changes.append(List.of(new Change("SHELF", "EAST", 1, null, OLD, ALICE)));
        });

        assertThatThrownBy(() -> database.update(harm, Database.Binder.NOTHING)).hasMessageContaining("denied");
        assertThatThrownBy(() -> new Database(embedded.ownerDataSource()).update(harm, Database.Binder.NOTHING))
                .hasMessageContaining("append-only");

        assertThat(standing()).containsExactly("SHELF EAST 1 alice");
    }
}
