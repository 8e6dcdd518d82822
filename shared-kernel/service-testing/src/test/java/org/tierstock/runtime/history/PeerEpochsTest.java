package org.tierstock.runtime.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.tierstock.protocol.v1.Envelope;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.exchange.PostgresWatermarks;
import org.tierstock.runtime.exchange.SenderBounds;
import org.tierstock.runtime.identity.RefusedCalls;
import org.tierstock.runtime.problem.Problem;
import org.tierstock.runtime.sql.Database;
import org.tierstock.testing.EmbeddedDatabase;
import org.tierstock.testing.TransactionalDataSource;

/** Calls of a peer that is in the epoch that it has begun here, and of one that says so of another. */
class PeerEpochsTest {
    private static final long MOST_TRANSACTIONS_AHEAD = 1_000;

    private final TransactionalDataSource dataSource = EmbeddedDatabase.migrated(
                    "classpath:db/runtime", "classpath:db/history")
            .dataSource();
    private final Database database = new Database(dataSource);
    private final PostgresWatermarks watermarks = new PostgresWatermarks(database);
    private final Histories histories = new Histories(database, database, new Installation(database), watermarks);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final PeerEpochs epochs = new PeerEpochs(
            database,
            new SenderBounds(histories, watermarks, 1_000, MOST_TRANSACTIONS_AHEAD),
            new RefusedCalls(meters));

    @Test
    void a_call_of_the_epoch_that_the_peer_is_in_is_taken() {
        assertThatCode(() -> call(1, 5)).doesNotThrowAnyException();
        dataSource.inTransaction(() -> histories.beginEpochOf("dispatch", 2));
        assertThatCode(() -> call(2, 5)).doesNotThrowAnyException();
    }

    @Test
    void a_call_of_an_older_epoch_moves_nothing() {
        dataSource.inTransaction(() -> histories.beginEpochOf("dispatch", 2));

        refused("OLD_EPOCH", 1, 5);
    }

    @Test
    void a_call_of_an_epoch_that_has_not_begun_moves_nothing_and_is_counted() {
        refused("NOT_BELIEVED", 2, 5);
        refused("NOT_BELIEVED", Long.MAX_VALUE, 5);

        assertThat(meters.counter("tierstock.calls.refused", "cause", "epoch").count())
                .isEqualTo(2);
    }

    @Test
    void a_call_of_a_transaction_far_beyond_all_that_are_known_moves_nothing() {
        refused("NOT_BELIEVED", 1, MOST_TRANSACTIONS_AHEAD + 1);
        refused("NOT_BELIEVED", 1, Long.MAX_VALUE);
        assertThatCode(() -> call(1, MOST_TRANSACTIONS_AHEAD)).doesNotThrowAnyException();
    }

    @Test
    void an_epoch_that_no_layer_is_ever_in_and_a_negative_transaction_move_nothing() {
        for (long epoch : new long[] {0, -5, Long.MIN_VALUE}) {
            refused("NOT_BELIEVED", epoch, 5);
        }
        for (long journal : new long[] {-1, -7, Long.MIN_VALUE}) {
            refused("NOT_BELIEVED", 1, journal);
        }
        assertThatCode(() -> call(1, 0)).doesNotThrowAnyException();
    }

    private void refused(String code, long epoch, long journal) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> call(epoch, journal))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(code));
    }

    private void call(long epoch, long journal) {
        epochs.requireCurrent(
                "dispatch",
                Envelope.newBuilder().setEpoch(epoch).setJournal(journal).build());
    }
}
