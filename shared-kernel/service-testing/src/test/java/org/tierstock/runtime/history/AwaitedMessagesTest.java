package org.tierstock.runtime.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.exchange.NumberRanges;
import org.tierstock.runtime.exchange.NumberRanges.Range;
import org.tierstock.runtime.obligations.ExchangeObligations;
import org.tierstock.runtime.obligations.ObligationWatch;
import org.tierstock.runtime.sql.Database;
import org.tierstock.testing.EmbeddedDatabase;
import org.tierstock.testing.TransactionalDataSource;

class AwaitedMessagesTest {
    private static final String STREAM = "D>S";
    private static final int PARTITION = 3;

    private final TransactionalDataSource dataSource =
            EmbeddedDatabase.migrated("classpath:db/runtime").dataSource();
    private final Database database = new Database(dataSource);
    private final AwaitedMessages awaited = new AwaitedMessages(database, Duration.ofMinutes(3));

    @BeforeEach
    void twenty_messages_are_carried() {
        update("INSERT INTO stream_head VALUES ('D>S', 3, 20)");
        update("""
                INSERT INTO outbox (stream, partition, sequence, carrier, journal, type, business_key, subject, payload,
                                    effect_keys, effect_quantities, trace_parent)
                SELECT 'D>S', 3, n, 'BROKER', n, 't', 'b' || n, 's', '{}', '{}', '{}', ''
                FROM generate_series(1, 20) n
                """);
        update("INSERT INTO stream_carried VALUES ('D>S', 3, 'BROKER', 20)");
    }

    @Test
    void what_a_broker_has_lost_is_carried_again_after_some_minutes() {
        assertThat(told(upTo(11))).isZero();
        minutesPass(2);
        assertThat(told(upTo(11))).isZero();
        assertThat(carried()).isEqualTo(20);
        minutesPass(2);

        assertThat(told(upTo(11))).isEqualTo(9);
        assertThat(carried()).isEqualTo(11);
    }

    @Test
    void what_lies_behind_what_was_lost_does_not_hide_it() {
        NumberRanges behind = new NumberRanges(List.of(new Range(7, 20)));
        told(new AppliedPosition(STREAM, PARTITION, 5, behind));
        minutesPass(4);

        assertThat(told(new AppliedPosition(STREAM, PARTITION, 5, behind))).isEqualTo(15);
        assertThat(carried()).isEqualTo(5);
    }

    @Test
    void what_waits_in_a_queue_is_not_carried_again_while_the_queue_moves_on() {
        for (int applied = 1; applied < 20; applied++) {
            assertThat(told(upTo(applied))).isZero();
            minutesPass(4);
        }
        assertThat(carried()).isEqualTo(20);
    }

    @Test
    void what_the_receiver_has_parked_has_arrived() {
        for (int i = 0; i < 3; i++) {
            assertThat(told(upTo(11), new AppliedPosition(STREAM, PARTITION, 0, NumberRanges.of(12)), behind(13)))
                    .isZero();
            minutesPass(4);
        }
    }

    @Test
    void what_does_not_help_is_tried_less_and_less_often() {
        told(upTo(11));
        minutesPass(4);
        assertThat(told(upTo(11))).isEqualTo(9);
        update("UPDATE stream_carried SET sequence = 20");
        minutesPass(4);
        assertThat(told(upTo(11))).isZero();
        minutesPass(3);
        assertThat(told(upTo(11))).isEqualTo(9);
    }

    @Test
    void what_has_arrived_is_awaited_no_longer() {
        told(upTo(11));
        assertThat(lacked()).isEqualTo(1);

        told(upTo(20));

        assertThat(lacked()).isZero();
    }

    @Test
    void what_was_not_carried_yet_is_not_awaited() {
        update("UPDATE stream_carried SET sequence = 11");
        told(upTo(11));
        minutesPass(4);

        assertThat(told(upTo(11))).isZero();
        assertThat(lacked()).isZero();
    }

    @Test
    void every_replica_shows_what_a_peer_lacks_and_since_when_it_has_not_told_whichever_of_them_was_told() {
        update("UPDATE installation SET installed_at = now() - interval '2 hours'");
        update("UPDATE outbox SET written_at = now() - interval '1 hour'");
        Condition<Double> nothing = new Condition<>(seconds -> seconds < 3_600, "no hour");
        Condition<Double> anHour = new Condition<>(seconds -> seconds >= 3_600, "an hour");
        List<Replica> replicas = List.of(new Replica(), new Replica());

        replicas.forEach(replica -> replica.shows("AWAITED", nothing));
        replicas.forEach(replica -> replica.shows("LAST_TOLD", anHour));
        told(upTo(11));
        replicas.forEach(replica -> replica.shows("AWAITED", anHour));
        replicas.forEach(replica -> replica.shows("LAST_TOLD", nothing));
        told(upTo(20));
        replicas.forEach(replica -> replica.shows("AWAITED", nothing));
    }

    @Test
    void a_receiver_to_which_nothing_has_ever_come_is_sent_everything_again() {
        told();
        minutesPass(4);

        assertThat(told()).isEqualTo(20);
        assertThat(carried()).isZero();
    }

    @Test
    void a_peer_that_starts_gets_at_once_what_it_lacks_and_not_again_however_often_it_says_so() {
        met(upTo(11));
        assertThat(carried()).isEqualTo(11);
        carryAll();

        for (int i = 0; i < 100; i++) {
            met();
            met(upTo(i % 20));
        }

        assertThat(carried()).isEqualTo(20);
    }

    @Test
    void a_peer_that_starts_anew_gets_what_it_lacks_again_and_waits_longer_each_time() {
        met();
        List<Integer> waited = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            carryAll();
            int minutes = 0;
            while (carried() == 20) {
                update("UPDATE peer_met SET carried_again_at = carried_again_at - interval '1 minute'");
                minutes++;
                met();
            }
            waited.add(minutes);
        }

        assertThat(waited).containsExactly(3, 6, 12, 24);
        carryAll();
        update("UPDATE peer_met SET carried_again_at = carried_again_at - interval '1 day'");
        met();
        assertThat(carried()).isZero();
        assertThat(number("SELECT again FROM peer_met")).isZero();
    }

    @Test
    void a_peer_that_starts_and_lacks_nothing_may_lack_something_when_it_starts_next() {
        met(upTo(20));

        met(upTo(11));

        assertThat(carried()).isEqualTo(11);
    }

    private void met(AppliedPosition... taken) {
        dataSource.inTransaction(() -> {
            awaited.met("sales", List.of(taken));
            return null;
        });
    }

    private void carryAll() {
        update("UPDATE stream_carried SET sequence = 20");
    }

    private long told(AppliedPosition... taken) {
        return dataSource.inTransaction(() -> awaited.told("sales", List.of(taken)));
    }

    private static AppliedPosition upTo(long applied) {
        return new AppliedPosition(STREAM, PARTITION, applied);
    }

    private static AppliedPosition behind(long first) {
        return new AppliedPosition(STREAM, PARTITION, 0, new NumberRanges(List.of(new Range(first, 20))));
    }

    private long carried() {
        return number("SELECT sequence FROM stream_carried");
    }

    private long lacked() {
        return number("SELECT count(*) FROM stream_awaited");
    }

    /** A replica that has looked what is owed. */
    private final class Replica {
        private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
        private final ObligationWatch watch = new ObligationWatch(database, List.of(new ExchangeObligations()), meters);

        void shows(String kind, Condition<Double> seconds) {
            watch.look();
            assertThat(meters.get("tierstock.obligation.oldest")
                            .tag("kind", kind)
                            .timeGauge()
                            .value(TimeUnit.SECONDS))
                    .is(seconds);
        }
    }

    private void minutesPass(int minutes) {
        update("UPDATE stream_awaited SET since = since - interval '%d minutes'".formatted(minutes));
    }

    private long number(String sql) {
        return dataSource
                .inTransaction(() -> database.query(sql, Database.Binder.NOTHING, row -> row.getLong(1)))
                .getFirst();
    }

    private void update(String sql) {
        dataSource.inTransaction(() -> database.update(sql, Database.Binder.NOTHING));
    }
}
