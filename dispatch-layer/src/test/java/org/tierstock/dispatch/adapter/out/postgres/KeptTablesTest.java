package org.tierstock.dispatch.adapter.out.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tierstock.testing.EmbeddedDatabase;
import org.tierstock.testing.KeptRows;
import org.tierstock.testing.KeptTables;

/** No table of the dispatch layer is forgotten where rows pile up. */
class KeptTablesTest {
    private static final String DOCUMENT = "a document stays, so that it is known when it comes again";
    private static final String MASTER = "master data";
    private static final String PLACE = "one row for each place that has ever had stock: the ledger names it";
    private static final String WAREHOUSE = "one row for each warehouse";

    /** What stays small in a layer of any age, and why. */
    private static final Map<String, String> SMALL = Map.ofEntries(
            Map.entry("allotment_rule", MASTER),
            Map.entry("allotment_share", MASTER),
            Map.entry("node", MASTER),
            Map.entry("outbound_counter", WAREHOUSE),
            Map.entry("region", MASTER),
            Map.entry("rule_version", "one row"),
            Map.entry("sourcing_rule", MASTER));

    /** What the purge does not delete from, and why. */
    private static final Map<String, String> STAYING = Map.ofEntries(
            Map.entry("allotment", PLACE),
            Map.entry("allotment_rule", MASTER),
            Map.entry("allotment_share", MASTER),
            Map.entry("cell_stock", PLACE),
            Map.entry("dispatch_line", DOCUMENT),
            Map.entry("dispatch_order", DOCUMENT),
            Map.entry("hand_grant", DOCUMENT),
            Map.entry("line_cancel", DOCUMENT),
            Map.entry("node", MASTER),
            Map.entry("outbound", DOCUMENT),
            Map.entry("outbound_counter", WAREHOUSE),
            Map.entry("region", MASTER),
            Map.entry("revocation", DOCUMENT),
            Map.entry("rule_version", "one row"),
            Map.entry("sku_head", "one row for each SKU"),
            Map.entry("sourcing_rule", MASTER));

    private final EmbeddedDatabase embedded =
            EmbeddedDatabase.migrated("classpath:db/runtime", "classpath:db/dispatch");

    @Test
    void every_table_is_measured_full_or_never_has_many_rows() {
        KeptRows.fill(embedded, PostgresAdapters.class, List.of("D>S"), List.of("S>D", "W>D:A", "W>D:OLD"));

        assertThat(new KeptTables(embedded).measuredWithFewRows(SMALL)).isEmpty();
    }

    @Test
    void every_table_is_purged_or_may_stay() {
        KeptRows.fill(embedded, PostgresAdapters.class, List.of("D>S"), List.of("S>D", "W>D:A", "W>D:OLD"));

        assertThat(new KeptTables(embedded).growing(STAYING, PostgresDispatchLines.class))
                .isEmpty();
    }
}
