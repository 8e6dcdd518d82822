package org.tierstock.warehouse.adapter.out.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tierstock.runtime.sql.Database;
import org.tierstock.testing.EmbeddedDatabase;
import org.tierstock.testing.Entrances;
import org.tierstock.testing.KeptRows;
import org.tierstock.testing.RowsRead;

/** Whatever the warehouse layer does by itself or when it is asked reads about what it answers, however much is kept. */
class EveryEntranceIsCountedTest {
    private final EmbeddedDatabase embedded =
            EmbeddedDatabase.migrated("classpath:db/runtime", "classpath:db/warehouse");
    private final RowsRead rowsRead = new RowsRead();

    @ParameterizedTest
    @EnumSource(RowsRead.Plans.class)
    void every_job_loop_and_list_reads_about_what_it_answers(RowsRead.Plans plans) {
        KeptRows.fill(embedded, PostgresAdapters.class, List.of("W>D:WH1", "W>D:OLD"), List.of());
        Database database = new Database(embedded.dataSource(rowsRead, plans, KeptRows.OPTIONS));

        assertThat(new Entrances(database, PostgresStockRows.class)
                        .complaints(rowsRead, Map.of("day", "2026-01-01", "outbound", "OB-OLD-1"), Map.of()))
                .isEmpty();
    }
}
