package org.tierstock.dispatch.adapter.out.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tierstock.runtime.check.Part;
import org.tierstock.runtime.inspect.Audit;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.Database.Binder;
import org.tierstock.testing.Audited;
import org.tierstock.testing.KeptRows;
import org.tierstock.testing.RowsRead;

/** An audit of one warehouse: of its nodes' cells, and of the promises that they back. */
class PostgresWarehouseRowsTest {
    private final RowsRead rowsRead = new RowsRead();

    @ParameterizedTest
    @EnumSource(RowsRead.Plans.class)
    void an_audit_of_a_warehouse_finds_what_is_wrong_at_its_nodes_and_reads_nothing_of_the_others(
            RowsRead.Plans plans) {
        Database database = new PostgresAdapters(rowsRead, plans).counting(rowsRead, plans);
        // Of W1 are a node of its name and one of another; a node that nobody has described yet is its own warehouse.
        for (String sql : List.of(
                """
                INSERT INTO node (code, name, kind, warehouse, regions, priority, revision)
                VALUES ('W1', 'W1', 'OWN_WAREHOUSE', 'W1', '{}', 1, 1), ('SHOP', 'Shop', 'OWN_STORE', 'W1', '{}', 1, 1),
                       ('W3', 'W3', 'OWN_STORE', 'W4', '{}', 1, 1)
                """,
                """
                INSERT INTO cell_stock (partition, sku, node, virtual_warehouse, owner, quality, free)
                SELECT 1, sku, node, 'MAIN', 'ACME', 'NORMAL', 5
                FROM unnest(ARRAY['W1', 'W2', 'SHOP', 'W3']) AS node, unnest(ARRAY['COLA', 'MILK']) AS sku
                """,
                """
                INSERT INTO allotment (partition, sku, node, virtual_warehouse, owner, quality, channel, delivery_method,
                                       ship_region, allotted)
                SELECT 1, 'COLA', node, 'MAIN', 'ACME', 'NORMAL', 'WEB', 'PARCEL', 'EAST', 5
                FROM unnest(ARRAY['W1', 'W2', 'SHOP', 'W3']) AS node
                """,
                """
                INSERT INTO ledger (action, from_bucket, to_row, to_bucket, quantity, document_kind, document_number, document_line)
                SELECT 'INCREASE', 'EXTERNAL', row_id, bucket, quantity, 'RECEIPT', 'R' || row_id, 1
                FROM stock_balance WHERE quantity > 0
                """,
                "UPDATE cell_stock SET free = 4 WHERE sku = 'COLA'",
                "UPDATE allotment SET allotted = 4")) {
            database.update(sql, Binder.NOTHING);
        }
        rowsRead.clear();
        Audited audited = new Audited(database, Optional.of(new PostgresWarehouseRows(database)), 2);

        for (String sku : new String[] {null, "COLA"}) {
            assertThat(audited.differences(new Part("W1", sku)))
                    .containsExactlyInAnyOrder(
                            lost("FREE", "W1/MAIN/ACME/NORMAL/COLA"),
                            lost("FREE", "SHOP/MAIN/ACME/NORMAL/COLA"),
                            lost("ALLOTTED", "W1/MAIN/ACME/NORMAL/COLA>WEB/PARCEL/NORMAL/EAST/COLA"),
                            lost("ALLOTTED", "SHOP/MAIN/ACME/NORMAL/COLA>WEB/PARCEL/NORMAL/EAST/COLA"));
            assertThat(audited.differences(new Part("W2", sku)))
                    .containsExactlyInAnyOrder(
                            lost("FREE", "W2/MAIN/ACME/NORMAL/COLA"),
                            lost("ALLOTTED", "W2/MAIN/ACME/NORMAL/COLA>WEB/PARCEL/NORMAL/EAST/COLA"));
            assertThat(audited.differences(new Part("W3", sku))).isEmpty();
        }
        assertThat(audited.differences(new Part("W1", "MILK"))).isEmpty();
        assertThat(rowsRead.executions()).hasSizeGreaterThan(10);
        assertThat(rowsRead.above(KeptRows.ALWAYS, KeptRows.PER_ROW)).isEmpty();

        // Its rows are found by an index, a page at a time, also where there are many.
        List<Long> page = new PostgresWarehouseRows(database).after("OLD", 0, 10);
        assertThat(page).hasSize(10).isSorted();
        assertThat(rowsRead.above(KeptRows.ALWAYS, KeptRows.PER_ROW)).isEmpty();
    }

    private static Audit.Difference lost(String bucket, String key) {
        return new Audit.Difference(key, bucket, 4, 5);
    }
}
