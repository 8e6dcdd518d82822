package org.tierstock.runtime.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tierstock.movements.Partitions;
import org.tierstock.movements.StreamPosition;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.exchange.NumberRanges;
import org.tierstock.runtime.exchange.NumberRanges.Range;
import org.tierstock.runtime.exchange.PostgresWatermarks;
import org.tierstock.runtime.exchange.SenderBounds;
import org.tierstock.runtime.sql.Database;
import org.tierstock.testing.EmbeddedDatabase;
import org.tierstock.testing.KeptRows;
import org.tierstock.testing.RowsRead;

/** What is kept makes neither a start slower, nor a repair, nor the refusal of an envelope that is not believed. */
class HistoriesReadWhatTheyAnswerTest {
    private static final int ABOUT_ONE_A_PARTITION = 100;

    private final EmbeddedDatabase embedded = EmbeddedDatabase.migrated("classpath:db/runtime", "classpath:db/history");
    private final RowsRead rowsRead = new RowsRead();

    private Database grown(RowsRead.Plans plans) {
        KeptRows.fill(embedded, null, List.of("D>S"), List.of("S>D", "W>D:OLD"));
        return new Database(embedded.dataSource(rowsRead, plans, KeptRows.OPTIONS));
    }

    private static Histories histories(Database database) {
        return new Histories(database, database, new Installation(database), new PostgresWatermarks(database));
    }

    @ParameterizedTest
    @EnumSource(RowsRead.Plans.class)
    void a_meeting_reads_about_what_it_answers_whatever_is_kept(RowsRead.Plans plans) {
        Database database = grown(plans);
        missing(3);
        Histories histories = histories(database);

        Seen seen = histories.of("sales");
        List<Long> some = seen.journals().subList(0, (int) KeptRows.ALWAYS / 2);
        assertThat(histories.lost("sales", new Seen(seen.epoch(), some, appliedUpTo(2))))
                .isEmpty();
        assertThat(histories.taken())
                .hasSize(2 * Partitions.COUNT)
                .allMatch(position -> position.contiguous() == 2 && position.last() == KeptRows.NUMBER);
        new AwaitedMessages(database, Duration.ZERO).met("sales", allTakenBut(3));
        histories.carryAgain("sales", allTakenBut(3));
        histories.appliedOf("sales");

        assertThat(rowsRead.above(KeptRows.ALWAYS, KeptRows.PER_ROW)).isEmpty();
        assertThat(seen.journals()).hasSize(64 * Partitions.COUNT);
    }

    @ParameterizedTest
    @EnumSource(RowsRead.Plans.class)
    void what_a_peer_has_lost_is_read_and_nothing_else_whatever_is_kept(RowsRead.Plans plans) {
        Histories histories = histories(grown(plans));
        List<Histories.Kept> sent = new ArrayList<>();
        List<Histories.Kept> applied = new ArrayList<>();

        histories.sentTo("sales", allTakenBut(3), sent::add);
        histories.appliedBeyond("sales", heads(), applied::add);

        assertThat(sent).extracting(kept -> kept.position().sequence()).containsOnly(3L);
        assertThat(applied).extracting(kept -> kept.position().sequence()).containsOnly(KeptRows.NUMBER);
        assertThat(rowsRead.above(KeptRows.ALWAYS, KeptRows.PER_ROW)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(RowsRead.Plans.class)
    void an_envelope_that_is_not_believed_costs_little_each_time_whatever_is_kept(RowsRead.Plans plans) {
        Database database = grown(plans);
        SenderBounds bounds =
                new SenderBounds(histories(database), new PostgresWatermarks(database), 1_000_000, 1_000_000_000);

        for (int time = 0; time < 3; time++) {
            assertThat(bounds.doubt("sales", 1_000_000, 1)).isPresent();
            assertThat(bounds.doubt("sales", 1, Long.MAX_VALUE)).isPresent();
        }

        assertThat(rowsRead.above(ABOUT_ONE_A_PARTITION, 0)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(RowsRead.Plans.class)
    void a_repair_touches_what_the_peer_lacks_and_has_it_sent_as_of_the_new_epoch(RowsRead.Plans plans) {
        Database database = grown(plans);
        RestorationRows restorations = new RestorationRows(database, database);
        List<Histories.Kept> sent = new ArrayList<>();

        restorations.detect("a test", 1);
        long number = restorations.open().orElseThrow().number();
        restorations.heads(number);
        restorations.beginEpoch(number, 2);
        List<AppliedPosition> taken = allTakenBut(3);
        assertThat(restorations.align("sales", taken)).isEmpty();
        histories(database).carryAgain("sales", taken);
        histories(database).sentTo("sales", taken, sent::add);

        assertThat(rowsRead.above(KeptRows.ALWAYS, KeptRows.PER_ROW)).isEmpty();
        assertThat(sent)
                .hasSize(Partitions.COUNT)
                .extracting(Histories.Kept::epoch)
                .containsOnly(2L);
    }

    /** Sales has applied all that is kept but one number of each partition. */
    private static List<AppliedPosition> allTakenBut(long number) {
        return IntStream.range(0, Partitions.COUNT)
                .mapToObj(partition -> new AppliedPosition(
                        "D>S",
                        partition,
                        number - 1,
                        new NumberRanges(List.of(new Range(number + 1, KeptRows.NUMBER)))))
                .toList();
    }

    /** Dispatch knows all that sales has sent, but the last of each partition. */
    private static List<StreamPosition> heads() {
        return appliedUpTo(KeptRows.NUMBER - 1);
    }

    /** This number of each partition of what sales sends. */
    private static List<StreamPosition> appliedUpTo(long number) {
        return IntStream.range(0, Partitions.COUNT)
                .mapToObj(partition -> new StreamPosition("S>D", partition, number))
                .toList();
    }

    /** This number has come by no stream partition: all that was applied after it lies behind the gap. */
    private void missing(long number) {
        Database owner = new Database(embedded.ownerDataSource());
        // It was never there, and not purged.
        owner.update("ALTER TABLE inbox DISABLE TRIGGER remember_purged", Database.Binder.NOTHING);
        owner.update("DELETE FROM inbox WHERE sequence = ?", p -> p.number(1, number));
        owner.update("ALTER TABLE inbox ENABLE TRIGGER remember_purged", Database.Binder.NOTHING);
        owner.update(
                "UPDATE stream_mark SET applied = applied - int8multirange(int8range(?, ?, '[]'))",
                p -> p.number(1, number).number(2, number));
    }
}
