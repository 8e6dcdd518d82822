package org.tierstock.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tierstock.movements.Partitions;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.exchange.MarkJob;
import org.tierstock.runtime.exchange.NumberRanges;
import org.tierstock.runtime.exchange.PostgresWatermarks;
import org.tierstock.runtime.history.AwaitedMessages;
import org.tierstock.runtime.inspect.ParkedMessage;
import org.tierstock.runtime.inspect.ParkedMessageRows;
import org.tierstock.runtime.obligations.ExchangeObligations;
import org.tierstock.runtime.obligations.ObligationWatch;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.purge.Purge;
import org.tierstock.runtime.purge.PurgeObligations;
import org.tierstock.runtime.purge.PurgedJournal;
import org.tierstock.runtime.purge.PurgedParkedMessages;
import org.tierstock.runtime.reconcile.CheckObligations;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.work.LeaseWatch;
import org.tierstock.testing.RowsRead.Execution;

/** What is kept does not make slower what each layer does at every tick. */
class StatementsReadWhatTheyAnswerTest {
    private static final Set<Integer> ALL_PARTITIONS =
            IntStream.range(0, Partitions.COUNT).boxed().collect(Collectors.toSet());

    private final EmbeddedDatabase embedded = EmbeddedDatabase.migrated("classpath:db/runtime");
    private final RowsRead rowsRead = new RowsRead();

    @ParameterizedTest
    @EnumSource(RowsRead.Plans.class)
    void what_runs_at_every_tick_reads_about_what_it_answers_whatever_is_kept(RowsRead.Plans plans) {
        KeptRows.fill(embedded, null, List.of("D>S"), List.of("S>D"));
        new Database(embedded.ownerDataSource())
                .update("INSERT INTO stream_released VALUES ('S>D', 0, 50), ('D>S', 0, 50)", Database.Binder.NOTHING);
        Database database = new Database(embedded.dataSource(rowsRead, plans, KeptRows.OPTIONS));
        PostgresWatermarks watermarks = new PostgresWatermarks(database);

        new MarkJob(watermarks).advance();
        new AwaitedMessages(database, Duration.ZERO).told("sales", allTaken());
        watermarks.applied(List.of("S>D"));
        watermarks.contiguous("S>D", 0);
        new ObligationWatch(
                        database,
                        List.of(new ExchangeObligations(), new CheckObligations(true), new PurgeObligations("5m")),
                        new SimpleMeterRegistry())
                .look();
        new LeaseWatch(database, Set.of("one", "other"), new SimpleMeterRegistry()).look();
        Purge purge = new Purge(database, 10, Duration.ZERO);
        List<Purge.Place> places = purge.places(ALL_PARTITIONS);
        assertThat(places)
                .hasSize(2)
                .allSatisfy(place -> assertThat(purge.purge(place).deleted()).isEqualTo(10));
        purge.revocationKeys(0);
        assertThat(new PurgedJournal(database, 1).purge(10, 0)).isEqualTo(10);
        new PurgedParkedMessages(database, Duration.ZERO).purge(10, 0);

        assertThat(rowsRead.above(KeptRows.ALWAYS, KeptRows.PER_ROW)).isEmpty();
        assertThat(rowsRead.executions().stream().map(Execution::sql).distinct())
                .hasSizeGreaterThan(12);
    }

    @ParameterizedTest
    @EnumSource(RowsRead.Plans.class)
    void a_purge_that_finds_nothing_old_enough_reads_one_row(RowsRead.Plans plans) {
        KeptRows.fill(embedded, null, List.of("D>S"), List.of("S>D"));
        new Database(embedded.ownerDataSource())
                .update(
                        "INSERT INTO stream_released VALUES ('S>D', 0, 1000), ('D>S', 0, 1000)",
                        Database.Binder.NOTHING);
        Database database = new Database(embedded.dataSource(rowsRead, plans, KeptRows.OPTIONS));
        Purge purge = new Purge(database, 1_000, Duration.ofDays(7));

        assertThat(purge.places(ALL_PARTITIONS))
                .hasSize(2)
                .allSatisfy(place -> assertThat(purge.purge(place)).isEqualTo(new Purge.Gone(0, false)));

        assertThat(rowsRead.above(KeptRows.ALWAYS, KeptRows.PER_ROW)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(RowsRead.Plans.class)
    void parked_messages_of_one_state_are_listed_without_reading_those_of_another(RowsRead.Plans plans) {
        KeptRows.fill(embedded, null, List.of("D>S"), List.of("S>D"));
        new Database(embedded.ownerDataSource())
                .update(
                        "INSERT INTO parked_message (queue, message_id, type, properties, payload, reason, reason_code)"
                                + " SELECT 'q', n, 'X', '{}', '', 'why', 'UNKNOWN_TYPE' FROM generate_series(1, 3) AS n",
                        Database.Binder.NOTHING);
        ParkedMessageRows rows =
                new ParkedMessageRows(new Database(embedded.dataSource(rowsRead, plans, KeptRows.OPTIONS)));

        Page<ParkedMessage> first = rows.page(ParkedMessage.State.PARKED, null, Limit.of(2));
        Page<ParkedMessage> second = rows.page(ParkedMessage.State.PARKED, Cursor.parse(first.next(), 1), Limit.of(2));

        assertThat(Stream.of(first, second).flatMap(page -> page.items().stream()))
                .extracting(ParkedMessage::messageId)
                .containsExactly("1", "2", "3");
        assertThat(second.next()).isNull();
        assertThat(rows.page(ParkedMessage.State.REPLAYED, null, Limit.of(2)).items())
                .isEmpty();
        assertThat(rowsRead.above(KeptRows.ALWAYS, KeptRows.PER_ROW)).isEmpty();
    }

    /** The receiver has applied all that is kept. */
    private static List<AppliedPosition> allTaken() {
        return ALL_PARTITIONS.stream()
                .map(partition -> new AppliedPosition("D>S", partition, KeptRows.NUMBER, NumberRanges.of(List.of())))
                .toList();
    }
}
