package org.tierstock.dispatch.application;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tierstock.dispatch.adapter.out.postgres.PostgresAdapters;
import org.tierstock.dispatch.fake.InMemoryAdapters;

/** The same random histories on fakes and on PostgreSQL: what a port promises holds on both. */
class DispatchHistoryTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24})
    void every_history_keeps_the_equations_and_ends_in_peace(int seed) {
        new DispatchHistory(seed, new InMemoryAdapters()).run(600);
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 102})
    void so_does_every_history_in_the_database(int seed) {
        PostgresAdapters adapters = new PostgresAdapters();

        new DispatchHistory(seed, adapters).run(150);

        adapters.checkLedger();
    }
}
