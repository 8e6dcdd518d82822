package org.tierstock.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** No table of the runtime is forgotten where rows pile up. */
class KeptTablesTest {
    private final EmbeddedDatabase embedded = EmbeddedDatabase.migrated("classpath:db/runtime");

    @Test
    void every_table_is_measured_full_or_never_has_many_rows() {
        KeptRows.fill(embedded, null, List.of("D>S"), List.of("S>D"));

        assertThat(new KeptTables(embedded)
                        .measuredWithFewRows(Map.of("ledger", "the layers fill it, each with movements of its stock")))
                .isEmpty();
    }

    @Test
    void every_table_is_purged_or_may_stay() {
        KeptRows.fill(embedded, null, List.of("D>S"), List.of("S>D"));

        assertThat(new KeptTables(embedded).growing(Map.of())).isEmpty();
    }
}
