package org.tierstock.sales.adapter.out.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tierstock.runtime.sql.Database;
import org.tierstock.testing.EmbeddedDatabase;
import org.tierstock.testing.Entrances;
import org.tierstock.testing.KeptRows;
import org.tierstock.testing.RowsRead;

/** Whatever the sales layer does by itself or when it is asked reads about what it answers, however much is kept. */
class EveryEntranceIsCountedTest {
    private static final String CHANNEL =
            "INSERT INTO channel VALUES ('shop', 'Shop', 'shop', 'ORDER_TIME', 0, 'EXPRESS', 'EAST', 1)";

    private final EmbeddedDatabase embedded = EmbeddedDatabase.migrated("classpath:db/runtime", "classpath:db/sales");
    private final RowsRead rowsRead = new RowsRead();

    @ParameterizedTest
    @EnumSource(RowsRead.Plans.class)
    void every_job_loop_and_list_reads_about_what_it_answers(RowsRead.Plans plans) {
        KeptRows.fill(embedded, PostgresAdapters.class, List.of("S>D"), List.of("D>S"));
        Database database = new Database(embedded.dataSource(rowsRead, plans, KeptRows.OPTIONS));

        new Database(embedded.ownerDataSource()).update(CHANNEL, Database.Binder.NOTHING);
        Entrances entrances = new Entrances(database, PostgresOrders.class);
        Map<String, Object> asked = Map.of("day", "2026-01-01", "orderNumber", "shop:OLD-1", "sku", "OLD-1");
        Map<String, Object> ofChannel = new HashMap<>(asked);
        ofChannel.put("channel", "shop");
        ofChannel.put("code", "shop");

        assertThat(entrances.complaints(
                        rowsRead, asked, Map.of("AvailabilityResource.availability", "is asked of a channel, below")))
                .isEmpty();
        assertThat(entrances.complaints(rowsRead, ofChannel, Map.of())).isEmpty();
    }
}
