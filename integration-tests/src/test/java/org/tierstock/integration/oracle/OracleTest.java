package org.tierstock.integration.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tierstock.integration.RunningPlatform;

/** Many clients at once at one key, on two replicas: answered as if they had come one at a time. */
class OracleTest {
    private static final int HISTORIES = 20;
    private static final int OPERATIONS = 2_000;
    private static final long SEED = 20_261_125;

    @Test
    void twenty_histories_of_concurrent_clients_are_linearizable() {
        Histories histories = new Histories(RunningPlatform.get(), "ORACLE");
        long done = 0;
        for (int i = 0; i < HISTORIES; i++) {
            Histories.History history = histories.make(SEED + i, OPERATIONS);

            assertThat(history.violation()).as("history %d", i).isEmpty();
            assertThat(history.operations()).hasSize(OPERATIONS);
            done += history.answered(Answer.DONE);
            assertThat(history.answered(409)).isPositive();
            assertThat(history.ledger())
                    .filteredOn(Posting.Supplied.class::isInstance)
                    .isNotEmpty();
        }

        // How much is sold in one of them depends on how soon goods arrive.
        assertThat(done).isGreaterThan(HISTORIES * OPERATIONS / 10);
    }
}
