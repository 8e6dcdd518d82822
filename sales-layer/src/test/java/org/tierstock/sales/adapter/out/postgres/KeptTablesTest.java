package org.tierstock.sales.adapter.out.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tierstock.testing.KeptTables.DOCUMENT;
import static org.tierstock.testing.KeptTables.MASTER;
import static org.tierstock.testing.KeptTables.PLACE;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tierstock.testing.EmbeddedDatabase;
import org.tierstock.testing.KeptRows;
import org.tierstock.testing.KeptTables;

/** No table of the sales layer is forgotten where rows pile up. */
class KeptTablesTest {
    /** What stays small in a layer of any age, and why. */
    private static final Map<String, String> SMALL = Map.of("channel", MASTER);

    /** What else the purge does not delete from, and why. */
    private static final Map<String, String> STAYING = Map.ofEntries(
            Map.entry("cancellation", DOCUMENT),
            Map.entry("cancellation_line", DOCUMENT),
            Map.entry("order_line", DOCUMENT),
            Map.entry("payment", DOCUMENT),
            Map.entry("sales_order", DOCUMENT),
            Map.entry("stock", PLACE));

    private final EmbeddedDatabase embedded = EmbeddedDatabase.migrated("classpath:db/runtime", "classpath:db/sales");
    private final KeptTables tables = new KeptTables(embedded, SMALL, STAYING, PostgresOrders.class);

    @BeforeEach
    void fill() {
        KeptRows.fill(embedded, PostgresAdapters.class, List.of("S>D"), List.of("D>S"));
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
