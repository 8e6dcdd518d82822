package org.tierstock.runtime.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.ToSales.StockGranted;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.exchange.NumberRanges;
import org.tierstock.runtime.exchange.NumberRanges.Range;
import org.tierstock.runtime.exchange.PostgresInbox;
import org.tierstock.runtime.exchange.PostgresWatermarks;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.runtime.purge.PurgedJournal;
import org.tierstock.runtime.sql.Database;
import org.tierstock.testing.EmbeddedDatabase;
import org.tierstock.testing.TransactionalDataSource;

class HistoriesTest {
    private static final ChannelKey KEY = new ChannelKey("WEB", "PARCEL", Quality.NORMAL, "NORTH", new Sku("KETTLE"));

    private final TransactionalDataSource dataSource = EmbeddedDatabase.migrated(
                    "classpath:db/runtime", "classpath:db/history")
            .dataSource();
    private final Database database = new Database(dataSource);
    private final Installation installation = new Installation(database);
    private final PostgresInbox inbox = new PostgresInbox(database, new SimpleMeterRegistry());
    private final Histories histories =
            new Histories(database, database, installation, new PostgresWatermarks(database));

    private <T> T inTransaction(Supplier<T> work) {
        return dataSource.inTransaction(work);
    }

    private long committed() {
        return inTransaction(installation::nextJournal);
    }

    private Optional<String> lost(long epoch, Long... journals) {
        return inTransaction(() -> histories.lost("dispatch", new Seen(epoch, List.of(journals), List.of())));
    }

    private static Received<StockGranted> grant(String number, long sequence, long epoch) {
        return new Received<>(
                new StockGranted(number, KEY, "REGULAR", 5),
                new StreamPosition("D>S", KEY.sku().partition(), sequence),
                epoch,
                sequence);
    }

    @Test
    void a_database_that_knows_every_transaction_that_a_peer_has_seen_was_not_set_back() {
        long first = committed();
        long second = committed();

        assertThat(lost(0)).isEmpty();
        assertThat(lost(1, first, second)).isEmpty();
    }

    @Test
    void a_transaction_after_the_backup_is_missed() {
        long last = committed();

        assertThat(lost(1, last, last + 1))
                .hasValueSatisfying(reason -> assertThat(reason).contains("number " + (last + 1)));
    }

    @Test
    void a_journal_whose_beginning_was_purged_still_tells_what_this_database_lacks() {
        long purged = committed();
        long first = committed();
        long open = committed();
        long last = committed();
        inTransaction(() -> database.update(
                "UPDATE journal SET written_at = written_at - interval '1 day' WHERE number = ?",
                p -> p.number(1, purged)));
        assertThat(inTransaction(() -> new PurgedJournal(database, 0).purge(10, 0)))
                .isEqualTo(1);

        assertThat(lost(1, purged, first, open, last)).isEmpty();
        inTransaction(() -> database.update("DELETE FROM journal WHERE number = ?", p -> p.number(1, open)));
        assertThat(lost(1, purged, first, open, last)).isPresent();
        assertThat(lost(1, purged, last + 1)).isPresent();
    }

    @Test
    void a_transaction_that_was_open_when_the_backup_was_made_is_missed_although_later_ones_are_known() {
        committed();
        long open = committed();
        long later = committed();
        inTransaction(() -> database.update("DELETE FROM journal WHERE number = ?", p -> p.number(1, open)));

        assertThat(lost(1, open, later)).isPresent();
        assertThat(lost(1, later)).isEmpty();
    }

    @Test
    void a_backup_of_an_epoch_that_has_ended_is_found() {
        assertThat(lost(2)).isPresent();
    }

    @Test
    void a_stream_that_was_released_further_than_it_is_applied_is_found() {
        inTransaction(() -> inbox.admit(List.of(grant("G1", 1, 1))));
        int partition = KEY.sku().partition();

        assertThat(inTransaction(() -> histories.lost(
                        "dispatch", new Seen(0, List.of(), List.of(new StreamPosition("D>S", partition, 1))))))
                .isEmpty();
        assertThat(inTransaction(() -> histories.lost(
                        "dispatch", new Seen(0, List.of(), List.of(new StreamPosition("D>S", partition, 2))))))
                .isPresent();
    }

    @Test
    void what_a_peer_sent_in_an_epoch_that_has_ended_has_no_effect_any_more() {
        inTransaction(() -> histories.beginEpochOf("dispatch", 2));

        assertThat(inTransaction(() -> inbox.admit(List.of(grant("G1", 1, 1), grant("G2", 1, 2)))))
                .extracting(received -> received.message().grant())
                .containsExactly("G2");
    }

    @Test
    void an_epoch_beyond_the_next_is_refused_and_ends_nothing() {
        assertThat(inTransaction(() -> histories.beginEpochOf("dispatch", Long.MAX_VALUE)))
                .isFalse();
        assertThat(inTransaction(() -> histories.beginEpochOf("dispatch", 3))).isFalse();

        assertThat(inTransaction(() -> inbox.admit(List.of(grant("G1", 1, 1))))).hasSize(1);
    }

    @Test
    void the_next_epoch_may_be_begun_again_and_the_one_after_it_begins() {
        for (long epoch : List.of(2L, 2L, 3L)) {
            assertThat(inTransaction(() -> histories.beginEpochOf("dispatch", epoch)))
                    .isTrue();
        }
        assertThat(inTransaction(() -> histories.of("dispatch").epoch())).isEqualTo(3);
    }

    @Test
    void an_epoch_that_the_peer_itself_has_not_begun_is_not_told_whatever_was_recorded_of_it() {
        inTransaction(() -> inbox.admit(List.of(grant("G1", 1, 1), grant("G2", 2, 1_000_000_000_000_000_000L))));

        assertThat(inTransaction(() -> histories.beginEpochOf("dispatch", 1_000_000_000_000_000_001L)))
                .isFalse();
        assertThat(inTransaction(() -> histories.of("dispatch"))).isEqualTo(new Seen(1, List.of(1L), List.of()));
    }

    @Test
    void an_epoch_that_has_begun_may_be_begun_again_without_holding_up_a_posting() {
        inTransaction(() -> histories.beginEpochOf("dispatch", 2));

        assertThat(locksTakenBy(() -> histories.beginEpochOf("dispatch", 3))).isEqualTo(1);
        for (long epoch : List.of(3L, 2L)) {
            assertThat(locksTakenBy(() -> histories.beginEpochOf("dispatch", epoch)))
                    .isZero();
        }
    }

    /** How many locks on the whole inbox it holds before it commits. */
    private long locksTakenBy(Supplier<Boolean> beginning) {
        return inTransaction(() -> {
            assertThat(beginning.get()).isTrue();
            return database.query("""
                            SELECT count(*) FROM pg_locks
                            WHERE relation = 'inbox'::regclass AND mode = 'ShareRowExclusiveLock' AND pid = pg_backend_pid()
                            """, Database.Binder.NOTHING, row -> row.getLong(1))
                    .getFirst();
        });
    }

    @Test
    void a_peer_that_is_met_says_which_epoch_it_is_in_to_a_database_that_has_lost_it() {
        inTransaction(() -> {
            histories.epochToldBy("dispatch", 4);
            return null;
        });

        assertThat(inTransaction(() -> inbox.admit(List.of(grant("G1", 1, 3), grant("G2", 2, 4)))))
                .hasSize(1);
        assertThat(inTransaction(() -> histories.beginEpochOf("dispatch", 5))).isTrue();
    }

    @Test
    void a_peer_that_says_it_is_in_an_epoch_that_it_cannot_have_come_to_is_not_believed() {
        for (long epoch : List.of(102L, Long.MAX_VALUE)) {
            assertThat(inTransaction(() -> histories.epochToldBy("dispatch", epoch)))
                    .isFalse();
        }

        assertThat(inTransaction(() -> inbox.admit(List.of(grant("G1", 1, 1))))).hasSize(1);
    }

    @Test
    void a_peer_is_not_told_to_have_applied_what_was_never_sent_to_it() {
        released("S>D", 2, 10);
        released("S>D", 3, 10);
        database.update("INSERT INTO stream_head VALUES ('S>D', 2, 10), ('S>D', 3, 9)", Database.Binder.NOTHING);

        assertThat(inTransaction(() -> histories.of("dispatch").released()))
                .containsExactly(new StreamPosition("S>D", 2, 10));
    }

    @Test
    void what_a_peer_said_to_need_no_longer_ends_with_its_epoch_but_for_what_was_purged() {
        database.update("INSERT INTO stream_head VALUES ('S>D', 2, 10), ('S>D', 3, 10)", Database.Binder.NOTHING);
        released("S>D", 2, 10);
        released("S>D", 3, 10);
        released("D>W:WH1", 0, 10);
        database.update("INSERT INTO stream_floor VALUES ('S>D', 3, 'SENT', 4)", Database.Binder.NOTHING);

        assertThat(inTransaction(() -> histories.beginEpochOf("dispatch", 2))).isTrue();

        assertThat(inTransaction(() -> histories.of("dispatch").released()))
                .containsExactly(new StreamPosition("S>D", 3, 4));
        assertThat(inTransaction(() -> database.query(
                        "SELECT count(*) FROM stream_released", Database.Binder.NOTHING, row -> row.getLong(1))))
                .containsExactly(1L);
    }

    private void released(String stream, int partition, long upTo) {
        database.update(
                "INSERT INTO stream_released VALUES (?, ?::smallint, ?)",
                p -> p.text(1, stream).integer(2, partition).number(3, upTo));
    }

    @Test
    void what_lies_behind_a_parked_message_is_told_as_one_range() {
        inTransaction(() -> database.update("""
                INSERT INTO inbox (stream, partition, sequence, epoch, journal, type, effect_keys, effect_quantities)
                SELECT 'D>S', 3, n, 1, n, 'NONE', '{}', '{}' FROM generate_series(1, 100000) n WHERE n <> 5
                """, Database.Binder.NOTHING));
        inTransaction(() -> database.update("""
                INSERT INTO parked_message (queue, message_id, type, stream, partition, sequence, properties, payload,
                                            reason, reason_code)
                VALUES ('q', 'm', 't', 'D>S', 3, 5, '{}', '', 'r', 'UNREADABLE'),
                       ('q', 'noise', 't', 'D>S', 3, 9223372036854775807, '{}', '', 'r', 'UNREADABLE')
                """, Database.Binder.NOTHING));

        assertThat(inTransaction(histories::taken))
                .containsExactly(
                        new AppliedPosition("D>S", 3, 4, new NumberRanges(List.of(new Range(6, 100_000)))),
                        new AppliedPosition("D>S", 3, 0, NumberRanges.of(5)));
    }

    @Test
    void of_parked_noise_a_peer_is_told_what_fits_into_one_message() {
        inTransaction(() -> database.update("""
                INSERT INTO parked_message (queue, message_id, type, stream, partition, sequence, properties, payload,
                                            reason, reason_code)
                SELECT 'q', 'noise' || n, 't', 'D>S', 3, 2 * n, '{}', '', 'r', 'UNREADABLE' FROM generate_series(1, 20000) n
                UNION ALL SELECT 'q', 'own', 't', 'D>S', 4, 7, '{}', '', 'r', 'DOES_NOT_FIT'
                """.replace("''", "''::bytea"), Database.Binder.NOTHING));

        List<AppliedPosition> told = inTransaction(histories::taken);
        assertThat(told.stream().mapToInt(position -> position.beyond().ranges().size()))
                .containsExactlyInAnyOrder(9_999, 1);
        assertThat(told).contains(new AppliedPosition("D>S", 4, 0, NumberRanges.of(7)));
        assertThat(inTransaction(histories::parked).stream()
                        .mapToInt(position -> position.beyond().ranges().size()))
                .as("what a person has, for the own repair")
                .containsExactlyInAnyOrder(20_000, 1);
    }

    @Test
    void a_message_that_was_closed_and_has_kept_its_number_is_to_be_sent_again() {
        inTransaction(() -> database.update("""
                INSERT INTO parked_message (queue, message_id, type, stream, partition, sequence, properties, payload,
                                            reason, reason_code, state)
                VALUES ('q', 'm5', 't', 'D>S', 3, 5, '{}', '', 'r', 'DOES_NOT_FIT', 'PARKED'),
                       ('q', 'm6', 't', 'D>S', 3, 6, '{}', '', 'r', 'UNREADABLE', 'PARKED'),
                       ('q', 'm7', 't', 'D>S', 3, 7, '{}', '', 'r', 'UNREADABLE', 'CLOSED')
                """, Database.Binder.NOTHING));

        assertThat(inTransaction(histories::taken))
                .containsExactly(new AppliedPosition("D>S", 3, 0, new NumberRanges(List.of(new Range(5, 6)))));
        assertThat(inTransaction(histories::parked))
                .containsExactly(new AppliedPosition("D>S", 3, 0, new NumberRanges(List.of(new Range(5, 7)))));
    }

    @Test
    void numbers_that_will_never_come_count_as_applied() {
        inTransaction(() -> inbox.admit(List.of(grant("G1", 1, 1), grant("G3", 3, 1))));

        assertThat(closed(2, 2)).isTrue();

        assertThat(inTransaction(() -> histories.appliedOf("dispatch")))
                .extracting(AppliedPosition::contiguous)
                .containsExactly(3L);
    }

    @Test
    void a_million_numbers_that_will_never_come_are_closed_as_one_range_and_admit_nothing() {
        inTransaction(
                () -> inbox.admit(List.of(grant("G1", 1, 1), grant("G9", 1_000_002, 1), grant("G10", 1_000_004, 1))));

        assertThat(closed(2, 1_000_001)).isTrue();
        assertThat(closed(1_000_003, 1_000_003)).isTrue();

        assertThat(inTransaction(() -> histories.appliedOf("dispatch")))
                .containsExactly(new AppliedPosition("D>S", KEY.sku().partition(), 1_000_004));
        assertThat(inTransaction(() ->
                        database.query("SELECT count(*) FROM inbox", Database.Binder.NOTHING, row -> row.getLong(1))))
                .containsExactly(3L);
        assertThat(inTransaction(() -> inbox.admit(List.of(grant("G2", 500_000, 1)))))
                .isEmpty();
    }

    @Test
    void a_number_that_is_closed_behind_one_that_may_still_come_admits_nothing_either() {
        inTransaction(() -> inbox.admit(List.of(grant("G9", 9, 1))));

        assertThat(closed(5, 6)).isTrue();

        assertThat(inTransaction(() -> inbox.admit(List.of(grant("G6", 6, 1), grant("G4", 4, 1)))))
                .extracting(received -> received.message().grant())
                .containsExactly("G4");
    }

    @Test
    void no_number_is_closed_that_may_still_come() {
        inTransaction(() -> inbox.admit(List.of(grant("G1", 1, 1), grant("G3", 3, 1))));

        assertThat(closed(2, 4)).isFalse();
        assertThat(closed(StreamPosition.MAX_SEQUENCE, StreamPosition.MAX_SEQUENCE))
                .isFalse();

        assertThat(inTransaction(() -> histories.appliedOf("dispatch")))
                .containsExactly(new AppliedPosition("D>S", KEY.sku().partition(), 1, NumberRanges.of(3)));
    }

    private boolean closed(long first, long last) {
        return inTransaction(() ->
                histories.closeNumbers(List.of(new Unused("D>S", KEY.sku().partition(), new Range(first, last)))));
    }

    @Test
    void what_a_purge_takes_away_is_still_known_to_have_been_seen() {
        inTransaction(() -> inbox.admit(List.of(grant("G1", 1, 1), grant("G2", 2, 1))));

        inTransaction(() -> database.update("DELETE FROM inbox", Database.Binder.NOTHING));

        assertThat(inTransaction(() -> database.query(
                        "SELECT peer, journal FROM peer_seen_before",
                        Database.Binder.NOTHING,
                        row -> row.getString(1) + ' ' + row.getLong(2))))
                .containsExactly("dispatch 2");
    }
}
