package org.tierstock.sales.adapter.out.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tierstock.runtime.sql.Database;
import org.tierstock.testing.EmbeddedDatabase;
import org.tierstock.testing.KeptRows;
import org.tierstock.testing.ReadsBesidePostings;

/** Whatever is asked of the sales layer is answered while its postings have every connection of theirs. */
class EveryReadBesidePostingsTest {
    private final EmbeddedDatabase embedded = EmbeddedDatabase.migrated("classpath:db/runtime", "classpath:db/sales");

    @Test
    void every_list_and_document_is_shown_while_the_postings_have_all_their_connections() {
        KeptRows.fill(embedded, PostgresAdapters.class, List.of("S>D"), List.of("D>S"));
        new Database(embedded.ownerDataSource())
                .update(
                        "INSERT INTO channel VALUES ('OLD-1', 'Old', 'shop', 'ORDER_TIME', 0, 'EXPRESS', 'EAST', 1)",
                        Database.Binder.NOTHING);

        assertThat(new ReadsBesidePostings(embedded, PostgresOrders.class)
                        .complaints(
                                Map.of(
                                        "day",
                                        "2026-01-01",
                                        "code",
                                        "OLD-1",
                                        "channel",
                                        "OLD-1",
                                        "sku",
                                        "OLD-1",
                                        "orderNumber",
                                        "shop:OLD-1"),
                                Map.of(
                                        "day",
                                        "2026-01-01",
                                        "code",
                                        "NEW",
                                        "channel",
                                        "NEW",
                                        "sku",
                                        "NEW",
                                        "orderNumber",
                                        "shop:NEW")))
                .isEmpty();
    }
}
