package org.tierstock.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InMemoryTransactionsTest {
    private final InMemoryTransactions transactions = new InMemoryTransactions();
    private final InMemoryTable<String, Integer> table = new InMemoryTable<>(transactions);
    private final InMemoryWorkSignals signals = new InMemoryWorkSignals(transactions);

    @Test
    void what_a_committed_transaction_changed_stays() {
        transactions.inTransaction(() -> {
            table.put("kettle", 1);
            table.merge("kettle", 2, Integer::sum);
            table.put("cup", 5);
            table.remove("cup");
        });

        assertThat(table).isEqualTo(Map.of("kettle", 3));
    }

    @Test
    void what_a_failed_transaction_changed_is_taken_back() {
        transactions.inTransaction(() -> {
            table.put("kettle", 1);
            table.put("cup", 5);
        });

        assertThatIllegalStateException()
                .isThrownBy(() -> transactions.inTransaction(() -> {
                    table.put("kettle", 2);
                    table.put("kettle", 3);
                    table.remove("cup");
                    table.put("pan", 7);
                    throw new IllegalStateException("rolled back");
                }));

        assertThat(table).isEqualTo(Map.of("kettle", 1, "cup", 5));
    }

    @Test
    void a_transaction_within_a_transaction_is_the_same_one() {
        assertThatIllegalStateException()
                .isThrownBy(() -> transactions.inTransaction(() -> {
                    transactions.inTransaction(() -> table.put("kettle", 1));
                    throw new IllegalStateException("rolled back");
                }));

        assertThat(table).isEmpty();
    }

    @Test
    void nothing_can_be_changed_outside_a_transaction() {
        assertThatIllegalStateException().isThrownBy(() -> table.put("kettle", 1));
        assertThatIllegalStateException().isThrownBy(() -> signals.announce("COVER"));
        assertThat(table).isEmpty();
    }

    @Test
    void work_is_announced_by_the_commit_and_not_by_a_rollback() {
        transactions.inTransaction(() -> {
            signals.announce("COVER");
            assertThat(signals.takeAnnounced()).isEmpty();
        });
        assertThatIllegalStateException()
                .isThrownBy(() -> transactions.inTransaction(() -> {
                    signals.announce("DEFICIT");
                    throw new IllegalStateException("rolled back");
                }));

        assertThat(signals.takeAnnounced()).isEqualTo(List.of("COVER"));
        assertThat(signals.takeAnnounced()).isEmpty();
    }

    @Test
    void the_clock_stands_still_until_it_is_moved() {
        SettableClock clock = new SettableClock();

        clock.advance(Duration.ofMinutes(15));

        assertThat(clock.now()).isEqualTo(SettableClock.START.plusSeconds(900));
    }
}
