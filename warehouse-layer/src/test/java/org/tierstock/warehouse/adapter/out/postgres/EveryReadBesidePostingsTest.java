package org.tierstock.warehouse.adapter.out.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tierstock.runtime.sql.Database;
import org.tierstock.testing.EmbeddedDatabase;
import org.tierstock.testing.KeptRows;
import org.tierstock.testing.ReadsBesidePostings;

/** Whatever is asked of the warehouse layer is answered while its postings have every connection of theirs. */
class EveryReadBesidePostingsTest {
    private final EmbeddedDatabase embedded =
            EmbeddedDatabase.migrated("classpath:db/runtime", "classpath:db/warehouse");

    @Test
    void every_list_and_document_is_shown_while_the_postings_have_all_their_connections() {
        KeptRows.fill(embedded, PostgresAdapters.class, List.of("W>D:WH1", "W>D:OLD"), List.of());
        for (String known : List.of(
                "INSERT INTO warehouse VALUES ('OLD-1', 'Old', 1)",
                "INSERT INTO location VALUES ('OLD-1', 'A-1', 'STORAGE')",
                "INSERT INTO owner VALUES ('OLD-1', 'Old', 1)")) {
            new Database(embedded.ownerDataSource()).update(known, Database.Binder.NOTHING);
        }

        assertThat(new ReadsBesidePostings(embedded, PostgresStockRows.class)
                        .complaints(
                                Map.of(
                                        "day",
                                        "2026-01-01",
                                        "code",
                                        "OLD-1",
                                        "location",
                                        "A-1",
                                        "outbound",
                                        "OB-OLD-1",
                                        "order",
                                        "OLD:1",
                                        "sku",
                                        "OLD-1",
                                        "warehouse",
                                        "WH1"),
                                Map.of(
                                        "day",
                                        "2026-01-01",
                                        "code",
                                        "NEW",
                                        "location",
                                        "NEW",
                                        "outbound",
                                        "NEW",
                                        "order",
                                        "NEW:1",
                                        "sku",
                                        "NEW",
                                        "warehouse",
                                        "NEW")))
                .isEmpty();
    }
}
