package org.tierstock.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.movements.protocol.ToSales.StockGranted;
import org.tierstock.runtime.exchange.Inbox;
import org.tierstock.runtime.exchange.MarkJob;
import org.tierstock.runtime.exchange.PostgresInbox;
import org.tierstock.runtime.exchange.PostgresWatermarks;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.runtime.exchange.Watermarks;
import org.tierstock.runtime.purge.Purge;
import org.tierstock.runtime.purge.Releases;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.DatabaseFailure;

class PostgresInboxTest implements InboxContract {
    private final TransactionalDataSource dataSource =
            EmbeddedDatabase.migrated("classpath:db/runtime").dataSource();
    private final Database database = new Database(dataSource);
    private final Inbox inbox = new PostgresInbox(database, new SimpleMeterRegistry());
    private final PostgresWatermarks watermarks = new PostgresWatermarks(database);

    @Override
    public Transactions transactions() {
        return dataSource;
    }

    @Override
    public Inbox inbox() {
        return inbox;
    }

    @Override
    public Watermarks watermarks() {
        return watermarks;
    }

    @Override
    public void purge(long upTo) {
        dataSource.inTransaction(() -> {
            new MarkJob(watermarks).advance();
            new Releases(database, watermarks, List.of(), List.of(), null, "sales")
                    .heard(List.of(new StreamPosition("D>S", PARTITION, upTo)), List.of());
        });
        Purge purge = new Purge(database, 1, Duration.ZERO);
        for (long rows = 0; rows < upTo; rows++) {
            dataSource.inTransaction(() -> purge.places(Set.of(PARTITION)).forEach(purge::purge));
        }
    }

    @Test
    @Timeout(60)
    void of_two_transactions_that_admit_the_same_message_at_once_one_commits_and_the_other_runs_again() {
        List<Received<StockGranted>> grant = List.of(new Received<>(
                new StockGranted("G1", KETTLE, "REGULAR", 5), new StreamPosition("D>S", PARTITION, 1), 1, 1));

        CompletableFuture<Integer> other = dataSource.inTransaction(() -> {
            assertThat(inbox.admit(grant)).hasSize(1);
            CompletableFuture<Integer> meanwhile = CompletableFuture.supplyAsync(
                    () -> dataSource.inTransaction(() -> inbox.admit(grant).size()));
            // It has looked and found nothing, and waits with its row for the first to end.
            while (waiting() == 0) {
                Thread.onSpinWait();
            }
            return meanwhile;
        });

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(other::join)
                .havingCause()
                .isInstanceOfSatisfying(
                        DatabaseFailure.class,
                        failure -> assertThat(failure.conflict()).isTrue());
        assertThat(dataSource.inTransaction(() -> inbox.admit(grant))).isEmpty();
    }

    @Test
    void what_is_behind_a_gap_is_read_once_and_not_with_every_mark() {
        int behind = Integer.getInteger("tierstock.test.behind-a-gap", 100_000);
        apply(1, 5);
        apply(7, behind);
        dataSource.inTransaction(new MarkJob(watermarks)::advance);
        apply(behind + 8L, 3);

        long read = dataSource.inTransaction(() -> {
            new MarkJob(watermarks).advance();
            assertThat(watermarks.contiguous(Streams.DISPATCH_TO_SALES, PARTITION))
                    .isEqualTo(5);
            assertThat(watermarks.applied(Streams.DISPATCH_TO_SALES)).hasSize(1);
            return rowsRead();
        });

        assertThat(read).isLessThan(50);
    }

    @Test
    void what_fills_a_gap_long_after_is_found() {
        apply(1, 5);
        apply(7, 1000);
        apply(1_010, 10);
        dataSource.inTransaction(new MarkJob(watermarks)::advance);
        apply(1_008, 1);
        dataSource.inTransaction(new MarkJob(watermarks)::advance);
        apply(6, 1);

        assertThat(dataSource.inTransaction(() -> watermarks.contiguous(Streams.DISPATCH_TO_SALES, PARTITION)))
                .isEqualTo(1_006);
        dataSource.inTransaction(new MarkJob(watermarks)::advance);
        apply(1_007, 1);
        apply(1_009, 1);
        assertThat(dataSource.inTransaction(() -> watermarks.contiguous(Streams.DISPATCH_TO_SALES, PARTITION)))
                .isEqualTo(1_019);
    }

    private void apply(long first, int count) {
        dataSource.inTransaction(() -> database.update(
                """
                INSERT INTO inbox (stream, partition, sequence, epoch, journal, type, effect_keys, effect_quantities)
                SELECT 'D>S', ?, n, 1, n, 'NONE', '{}', '{}' FROM generate_series(?::bigint, ?::bigint) n
                ON CONFLICT DO NOTHING
                """, p -> p.integer(1, PARTITION).number(2, first).number(3, first + count - 1)));
    }

    /** Rows of the inbox that this transaction has read. */
    private long rowsRead() {
        return database.query(
                        "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = 'inbox'",
                        Database.Binder.NOTHING,
                        row -> row.getLong(1))
                .getFirst();
    }

    private long waiting() {
        return database.query("""
                        SELECT count(*) FROM pg_locks waiting
                        JOIN pg_locks held ON held.transactionid = waiting.transactionid AND held.granted
                        WHERE NOT waiting.granted AND held.pid = pg_backend_pid()
                        """, Database.Binder.NOTHING, row -> row.getLong(1))
                .getFirst();
    }
}
