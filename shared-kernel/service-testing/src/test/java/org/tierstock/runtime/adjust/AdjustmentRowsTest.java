package org.tierstock.runtime.adjust;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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

    @ParameterizedTest
    @EnumSource(RowsRead.Plans.class)
    void whether_a_key_has_moved_is_told_however_much_it_and_others_have_moved_before(RowsRead.Plans plans) {
        Database owner = new Database(embedded.ownerDataSource());
        owner.update(
                "CREATE TABLE row_of_a_layer (row_id bigint PRIMARY KEY, sku text, key text)", Database.Binder.NOTHING);
        owner.update("CREATE INDEX ON row_of_a_layer (sku)", Database.Binder.NOTHING);
        owner.update("CREATE VIEW position_row AS SELECT * FROM row_of_a_layer", Database.Binder.NOTHING);
        owner.update("GRANT SELECT ON row_of_a_layer, position_row TO PUBLIC", Database.Binder.NOTHING);
        owner.update("""
                INSERT INTO row_of_a_layer SELECT n, 'tea-' || n / 2, 'web/tea-' || n / 2 FROM generate_series(1, ?) AS n
                """, p -> p.integer(1, KeptRows.COUNT));
        owner.update("""
                INSERT INTO ledger (moved_at, action, from_row, from_bucket, to_row, to_bucket, quantity, document_kind,
                                    document_number, document_line)
                SELECT now(), 'LOCK', r, 'SELLABLE', r, 'LOCKED', 1, 'SALES_ORDER', 'O-' || n, 1
                FROM (SELECT n, CASE WHEN n % 2 = 0 THEN 14 ELSE n END AS r FROM generate_series(1, ?) AS n) AS old
                """, p -> p.integer(1, KeptRows.COUNT));
        owner.update("VACUUM ANALYZE", Database.Binder.NOTHING);
        Database database = new Database(embedded.dataSource(rowsRead, plans, KeptRows.OPTIONS));
        AdjustmentRows rows = new AdjustmentRows(database, database);
        Proposal proposal = new Proposal("A-1", "RC-1", "", "web/tea-7", Adjustment.Cause.DEFECT, "Why");

        List<KeyMovement> last = rows.lastMovements("web/tea-7");
        assertThat(last)
                .extracting(KeyMovement::documentNumber)
                .containsExactlyInAnyOrder("O-" + KeptRows.COUNT, "O-15");
        assertThat(rows.insert(proposal, 1, 2, last, "somebody")).isTrue();
        assertThat(rows.movedSince("A-1", "web/tea-7")).isEmpty();
        // The other row of the key: a number below the key's last one, which was drawn before that and is committed
        // after it.
        owner.update("""
                INSERT INTO ledger (movement_id, action, from_bucket, to_row, to_bucket, quantity, document_kind,
                                    document_number, document_line)
                SELECT max(movement_id) - 1, 'INCREASE', 'EXTERNAL', 15, 'SELLABLE', 5, 'STOCK_GRANT', 'G-1', 0 FROM ledger
                """, Database.Binder.NOTHING);

        assertThat(rows.movedSince("A-1", "web/tea-7"))
                .hasValueSatisfying(moved -> assertThat(moved.documentNumber()).isEqualTo("G-1"));
        assertThat(rowsRead.above(KeptRows.ALWAYS, KeptRows.PER_ROW)).isEmpty();
    }
}
