package org.tierstock.dispatch.adapter.out.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tierstock.dispatch.application.DispatchHistory;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.exchange.PostgresWatermarks;
import org.tierstock.runtime.history.Histories;
import org.tierstock.runtime.obligations.ObligationWatch;
import org.tierstock.runtime.sql.Database;
import org.tierstock.testing.KeptRows;
import org.tierstock.testing.RowsRead;
import org.tierstock.testing.RowsRead.Execution;

/** What is kept does not make what is done slower. */
class StatementsReadWhatTheyAnswerTest {
    private final RowsRead rowsRead = new RowsRead();

    @ParameterizedTest
    @EnumSource(RowsRead.Plans.class)
    void every_statement_of_a_history_reads_about_what_it_answers_whatever_is_kept(RowsRead.Plans plans) {
        PostgresAdapters adapters = new PostgresAdapters(rowsRead, plans);
        new DispatchHistory(101, adapters, KeptRows.NUMBER).run(60);
        Database counting = adapters.counting(rowsRead, plans);
        new PostgresRefusalPurge(counting).purge(10, 0);
        new PostgresOutboundPositions(counting).unfinished(List.of("A", "OLD"), "", 0, 10);
        assertThat(known(counting, "sales")).isEqualTo(KeptRows.COUNT);
        assertThat(known(counting, "warehouse")).isEqualTo(KeptRows.COUNT);
        new ObligationWatch(counting, List.of(new DispatchObligations()), new SimpleMeterRegistry()).look();

        assertThat(rowsRead.above(KeptRows.ALWAYS, KeptRows.PER_ROW)).isEmpty();
        assertThat(rowsRead.executions().stream().map(Execution::sql).distinct())
                .hasSizeGreaterThan(45);
    }

    /** What is looked up of a peer for an envelope that is not believed. */
    private static long known(Database database, String peer) {
        return new Histories(database, database, new Installation(database), new PostgresWatermarks(database))
                .known(peer)
                .journal();
    }
}
