package org.tierstock.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tierstock.runtime.sql.Database;

/** Whatever the runtime does by itself or when it is asked reads about what it answers, however much is kept. */
class EveryEntranceIsCountedTest {
    private final EmbeddedDatabase embedded = EmbeddedDatabase.migrated("classpath:db/runtime");
    private final RowsRead rowsRead = new RowsRead();

    @ParameterizedTest
    @EnumSource(RowsRead.Plans.class)
    void every_job_loop_and_list_reads_about_what_it_answers(RowsRead.Plans plans) {
        KeptRows.fill(embedded, null, List.of("D>S"), List.of("S>D"));
        Database database = new Database(embedded.dataSource(rowsRead, plans, KeptRows.OPTIONS));

        Entrances entrances = new Entrances(database);

        for (Map<String, Object> changes : List.<Map<String, Object>>of(
                Map.of(),
                Map.of("kind", "NEW"),
                Map.of("code", "NEW"),
                Map.of("kind", "OLD", "code", "OLD-1"),
                Map.of("subject", "nobody"))) {
            Map<String, Object> asked = new HashMap<>(changes);
            asked.put("day", "2026-01-01");
            assertThat(entrances.complaints(rowsRead, asked, Map.of()))
                    .as("asked for %s", asked)
                    .isEmpty();
        }
    }
}
