package org.tierstock.warehouse.application;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tierstock.warehouse.adapter.out.postgres.PostgresAdapters;
import org.tierstock.warehouse.fake.InMemoryAdapters;

class WarehouseHistoryTest {
    @Test
    void the_equations_hold_after_every_step_of_two_hundred_histories() {
        for (long seed = 1; seed <= 200; seed++) {
            try {
                new WarehouseHistory(seed, new Floor(new InMemoryAdapters())).run(80);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("Seed " + seed, e);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void they_hold_on_the_database_too(long seed) {
        new WarehouseHistory(seed, new Floor(new PostgresAdapters())).run(60);
    }
}
