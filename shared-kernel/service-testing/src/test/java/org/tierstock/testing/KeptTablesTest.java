package org.tierstock.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No table of the runtime is forgotten where rows pile up. */
class KeptTablesTest {
    /** What has few rows here, and why. */
    private static final Map<String, String> SMALL =
            Map.of("ledger", "the layers fill it, each with movements of its stock");

    private final EmbeddedDatabase embedded = EmbeddedDatabase.migrated("classpath:db/runtime");
    private final KeptTables tables = new KeptTables(embedded, SMALL, Map.of());

    @BeforeEach
    void fill() {
        KeptRows.fill(embedded, null, List.of("D>S"), List.of("S>D"));
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
