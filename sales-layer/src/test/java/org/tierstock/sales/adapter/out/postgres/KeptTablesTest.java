package org.tierstock.sales.adapter.out.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tierstock.testing.EmbeddedDatabase;
import org.tierstock.testing.KeptRows;
import org.tierstock.testing.KeptTables;

/** No table of the sales layer is forgotten where rows pile up. */
class KeptTablesTest {
    private static final String DOCUMENT = "a document stays, so that it is known when it comes again";
    private static final String MASTER = "master data";

    /** What stays small in a layer of any age, and why. */
    private static final Map<String, String> SMALL = Map.of("channel", MASTER);

    /** What the purge does not delete from, and why. */
    private static final Map<String, String> STAYING = Map.ofEntries(
            Map.entry("cancellation", DOCUMENT),
            Map.entry("cancellation_line", DOCUMENT),
            Map.entry("channel", MASTER),
            Map.entry("order_line", DOCUMENT),
            Map.entry("payment", DOCUMENT),
            Map.entry("sales_order", DOCUMENT),
            Map.entry("stock", "one row for each place that has ever had stock: the ledger names it"));

    private final EmbeddedDatabase embedded = EmbeddedDatabase.migrated("classpath:db/runtime", "classpath:db/sales");

    @Test
    void every_table_is_measured_full_or_never_has_many_rows() {
        KeptRows.fill(embedded, PostgresAdapters.class, List.of("S>D"), List.of("D>S"));

        assertThat(new KeptTables(embedded).measuredWithFewRows(SMALL)).isEmpty();
    }

    @Test
    void every_table_is_purged_or_may_stay() {
        KeptRows.fill(embedded, PostgresAdapters.class, List.of("S>D"), List.of("D>S"));

        assertThat(new KeptTables(embedded).growing(STAYING, PostgresOrders.class))
                .isEmpty();
    }
}
