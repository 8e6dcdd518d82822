package org.tierstock.warehouse.adapter.out.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tierstock.testing.KeptTables.DOCUMENT;
import static org.tierstock.testing.KeptTables.MASTER;
import static org.tierstock.testing.KeptTables.PLACE;
import static org.tierstock.testing.KeptTables.WAREHOUSE;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tierstock.testing.EmbeddedDatabase;
import org.tierstock.testing.KeptRows;
import org.tierstock.testing.KeptTables;

/** No table of the warehouse layer is forgotten where rows pile up. */
class KeptTablesTest {
    /** What stays small in a layer of any age, and why. */
    private static final Map<String, String> SMALL = Map.ofEntries(
            Map.entry("inbox", "no layer sends it messages"),
            Map.entry("location", MASTER),
            Map.entry("outbound_low", WAREHOUSE),
            Map.entry("outbound_row", "where locked goods lie; no outbound that is finished has one"),
            Map.entry("owner", MASTER),
            Map.entry("warehouse", MASTER));

    /** What else the purge does not delete from, and why. */
    private static final Map<String, String> STAYING = Map.ofEntries(
            Map.entry("batch", "one row for each batch that was ever received"),
            Map.entry("pick", DOCUMENT),
            Map.entry("pick_line", DOCUMENT),
            Map.entry("receipt", DOCUMENT),
            Map.entry("receipt_line", DOCUMENT),
            Map.entry("shelf_stock", PLACE),
            Map.entry("shipment", DOCUMENT),
            Map.entry("shipment_line", DOCUMENT),
            Map.entry("sku", MASTER),
            Map.entry("stock_head", "one row for each SKU of a warehouse"),
            Map.entry("stocktake", DOCUMENT),
            Map.entry("stocktake_line", DOCUMENT),
            Map.entry("told_line", "lines that are known from a repair, and only one makes more"));

    private final EmbeddedDatabase embedded =
            EmbeddedDatabase.migrated("classpath:db/runtime", "classpath:db/warehouse");
    private final KeptTables tables = new KeptTables(embedded, SMALL, STAYING, PostgresStockRows.class);

    @BeforeEach
    void fill() {
        KeptRows.fill(embedded, PostgresAdapters.class, List.of("W>D:WH1", "W>D:OLD"), List.of());
    }

    @Test
    void every_table_is_measured_full_or_never_has_many_rows() {
        assertThat(tables.measuredWithFewRows()).isEmpty();
    }

    @Test
    void every_table_is_purged_or_may_stay() {
        assertThat(tables.growing()).isEmpty();
    }
}
