package org.tierstock.dispatch.application;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tierstock.dispatch.adapter.out.postgres.PostgresAdapters;
import org.tierstock.dispatch.fake.Adapters;

class UseCasesOnPostgresTest extends UseCasesContract {
    private PostgresAdapters postgres;

    @Override
    Adapters adapters() {
        postgres = new PostgresAdapters();
        return postgres;
    }

    @Test
    void every_transaction_that_a_peer_comes_to_know_of_by_a_call_has_a_number_of_its_own() {
        receive("A", 10);
        place();
        long granted = postgres.journal();
        handOver(1, 4);
        long lockAsked = postgres.journal();
        lock(4, 0);
        cancel("C1", 3);
        long cancelAnswered = postgres.journal();
        release(0);

        assertThat(lockAsked).isGreaterThan(granted);
        assertThat(cancelAnswered).isGreaterThan(lockAsked);
        assertThat(postgres.journal()).isGreaterThan(cancelAnswered);
    }

    @Test
    void the_sheet_that_came_with_many_cancels_of_an_order_is_kept_once() {
        receive("A", 50);
        place();
        for (int line = 1; line <= 50; line++) {
            handOver(line, 1);
        }
        String sheet = "x".repeat(100_000);

        cancelEachOf("WEB:1", 50, sheet);

        assertThat(postgres.charactersOfSheets()).isEqualTo(100_000);
    }
}
