package org.tierstock.dispatch.adapter.out.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tierstock.testing.KeptTables.DOCUMENT;
import static org.tierstock.testing.KeptTables.MASTER;
import static org.tierstock.testing.KeptTables.ONE;
import static org.tierstock.testing.KeptTables.PLACE;
import static org.tierstock.testing.KeptTables.WAREHOUSE;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tierstock.testing.EmbeddedDatabase;
import org.tierstock.testing.KeptRows;
import org.tierstock.testing.KeptTables;

/** No table of the dispatch layer is forgotten where rows pile up. */
class KeptTablesTest {
    /** What stays small in a layer of any age, and why. */
    private static final Map<String, String> SMALL = Map.ofEntries(
            Map.entry("allotment_rule", MASTER),
            Map.entry("allotment_share", MASTER),
            Map.entry("node", MASTER),
            Map.entry("outbound_counter", WAREHOUSE),
            Map.entry("region", MASTER),
            Map.entry("rule_version", ONE),
            Map.entry("sourcing_rule", MASTER));

    /** What else the purge does not delete from, and why. */
    private static final Map<String, String> STAYING = Map.ofEntries(
            Map.entry("allotment", PLACE),
            Map.entry("cell_stock", PLACE),
            Map.entry("dispatch_line", DOCUMENT),
            Map.entry("dispatch_order", DOCUMENT),
            Map.entry("hand_grant", DOCUMENT),
            Map.entry("line_cancel", DOCUMENT),
            Map.entry("outbound", DOCUMENT),
            Map.entry("revocation", DOCUMENT),
            Map.entry("sku_head", "one row for each SKU"));

    private final EmbeddedDatabase embedded =
            EmbeddedDatabase.migrated("classpath:db/runtime", "classpath:db/dispatch");
    private final KeptTables tables = new KeptTables(embedded, SMALL, STAYING, PostgresDispatchLines.class);

    @BeforeEach
    void fill() {
        KeptRows.fill(embedded, PostgresAdapters.class, List.of("D>S"), List.of("S>D", "W>D:A", "W>D:OLD"));
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
