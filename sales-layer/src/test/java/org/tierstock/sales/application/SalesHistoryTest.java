package org.tierstock.sales.application;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens, in whatever order, the books hold. */
class SalesHistoryTest {
    private static final int STEPS = 600;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void the_books_hold_after_every_step(long seed) {
        SalesHistory history = new SalesHistory(seed);
        for (int step = 0; step < STEPS; step++) {
            history.act();
            SalesHistory.check(history.sales, history.accounts());
        }
        assertThat(history.sales.handOvers()).isNotEmpty();
    }
}
