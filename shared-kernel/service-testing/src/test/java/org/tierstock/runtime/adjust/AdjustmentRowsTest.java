package org.tierstock.runtime.adjust;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tierstock.runtime.sql.Database;
import org.tierstock.testing.EmbeddedDatabase;
import org.tierstock.testing.KeptRows;
import org.tierstock.testing.RowsRead;

class AdjustmentRowsTest {
    private static final int OF_THE_KEY = 20;

    private final EmbeddedDatabase embedded = EmbeddedDatabase.migrated("classpath:db/runtime");
    private final RowsRead rowsRead = new RowsRead();

    @ParameterizedTest
    @EnumSource(RowsRead.Plans.class)
    void what_waits_of_a_key_is_found_however_much_of_others_does(RowsRead.Plans plans) {
        Database owner = new Database(embedded.ownerDataSource());
        owner.update("""
                INSERT INTO parked_message (queue, message_id, type, properties, payload, reason, reason_code, effect_keys)
                SELECT 'q', n, 't', '{}', '', 'r', 'DOES_NOT_FIT', ARRAY['K-' || n % ?, 'L']
                FROM generate_series(1, ?) AS n
                """, p -> p.integer(1, KeptRows.COUNT / OF_THE_KEY).integer(2, KeptRows.COUNT));
        owner.update("VACUUM ANALYZE parked_message", Database.Binder.NOTHING);
        Database database = new Database(embedded.dataSource(rowsRead, plans, KeptRows.OPTIONS));
        AdjustmentRows rows = new AdjustmentRows(database, database);

        assertThat(rows.parked("K-7")).isTrue();
        assertThat(rows.parked("K")).isFalse();

        assertThat(rowsRead.above(KeptRows.ALWAYS, 0)).isEmpty();
    }
}
