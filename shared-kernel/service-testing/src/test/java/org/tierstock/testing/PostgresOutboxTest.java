package org.tierstock.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.ToSales.StockGranted;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.exchange.Outbox;
import org.tierstock.runtime.exchange.PostgresOutbox;
import org.tierstock.runtime.sql.Database;

class PostgresOutboxTest implements OutboxContract {
    private static final int THREADS = 6;
    private static final int APPENDS = 30;

    private final TransactionalDataSource dataSource =
            EmbeddedDatabase.migrated("classpath:db/runtime").dataSource();
    private final Database database = new Database(dataSource);
    private final List<String> announced = new ArrayList<>();
    private final Outbox outbox = new PostgresOutbox(database, new Installation(database), announced::add);

    @Override
    public Transactions transactions() {
        return dataSource;
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public List<String> announced() {
        return announced;
    }

    @Test
    void concurrent_transactions_share_the_numbers_without_gap_or_repetition() throws Exception {
        List<Future<Integer>> committed = new ArrayList<>();
        Outbox quiet = new PostgresOutbox(database, new Installation(database), work -> {});
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (int thread = 0; thread < THREADS; thread++) {
                committed.add(threads.submit(appendAndSometimesRollBack(quiet, thread)));
            }
        }

        long messages = 0;
        for (Future<Integer> count : committed) {
            messages += count.get();
        }
        List<Long> sequences = database.query(
                "SELECT sequence FROM outbox WHERE partition = ? ORDER BY sequence",
                p -> p.integer(1, KETTLE.sku().partition()),
                row -> row.getLong(1));
        assertThat(sequences)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, messages).boxed().toList());
    }

    /** Every third transaction of a thread is rolled back. */
    private Callable<Integer> appendAndSometimesRollBack(Outbox quiet, int thread) {
        return () -> {
            int committed = 0;
            for (int i = 0; i < APPENDS; i++) {
                List<Message> messages = messages(thread + "-" + i, 1 + i % 3);
                boolean rollBack = i % 3 == 2;
                try {
                    dataSource.inTransaction(() -> {
                        quiet.append(messages);
                        if (rollBack) {
                            throw new IllegalStateException("rolled back");
                        }
                    });
                    committed += messages.size();
                } catch (IllegalStateException e) {
                    assertThat(rollBack).isTrue();
                }
            }
            return committed;
        };
    }

    private static List<Message> messages(String number, int count) {
        return IntStream.range(0, count)
                .<Message>mapToObj(i -> new StockGranted(number + '-' + i, KETTLE, "REGULAR", 1))
                .toList();
    }
}
