package org.tierstock.dispatch.adapter.out.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tierstock.runtime.sql.Database;
import org.tierstock.testing.EmbeddedDatabase;
import org.tierstock.testing.KeptRows;
import org.tierstock.testing.ReadsBesidePostings;

/** Whatever is asked of the dispatch layer is answered while its postings have every connection of theirs. */
class EveryReadBesidePostingsTest {
    private final EmbeddedDatabase embedded =
            EmbeddedDatabase.migrated("classpath:db/runtime", "classpath:db/dispatch");

    @Test
    void every_list_and_document_is_shown_while_the_postings_have_all_their_connections() {
        KeptRows.fill(embedded, PostgresAdapters.class, List.of("D>S"), List.of("S>D", "W>D:A", "W>D:OLD"));
        for (String known : List.of(
                "INSERT INTO region VALUES ('OLD-1', 'Old', 1)",
                "INSERT INTO node VALUES ('OLD-1', 'Old', 'OWN_WAREHOUSE', 'OLD-1', ARRAY['OLD-1'], 1, 1)",
                "INSERT INTO allotment_rule VALUES ('OLD-1', 'SHARED', 1, ARRAY['OLD-1'], ARRAY['OLD-1'], 1)",
                "INSERT INTO allotment_share VALUES ('OLD-1', 0, 'WEB', 'EXPRESS', 'OLD-1', 0, 0)",
                "UPDATE hand_grant SET document = '1' WHERE document = 'OLD-2'",
                "UPDATE revocation SET document = '1' WHERE document = 'OLD-2'",
                "INSERT INTO sourcing_rule VALUES ('OLD-1', 'OLD-1', ARRAY['OLD-1'], 1)")) {
            new Database(embedded.ownerDataSource()).update(known, Database.Binder.NOTHING);
        }

        assertThat(new ReadsBesidePostings(embedded, PostgresDispatchLines.class)
                        .complaints(
                                Map.of(
                                        "day",
                                        "2026-01-01",
                                        "code",
                                        "OLD-1",
                                        "order",
                                        "OLD:1",
                                        "sku",
                                        "OLD-1",
                                        "node",
                                        "OLD"),
                                Map.of(
                                        "day",
                                        "2026-01-01",
                                        "code",
                                        "NEW",
                                        "order",
                                        "NEW:1",
                                        "number",
                                        "9",
                                        "sku",
                                        "NEW",
                                        "node",
                                        "NEW")))
                .isEmpty();
    }
}
