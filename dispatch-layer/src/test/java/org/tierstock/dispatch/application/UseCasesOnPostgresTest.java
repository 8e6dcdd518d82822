package org.tierstock.dispatch.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.tierstock.dispatch.adapter.out.postgres.DispatchObligations;
import org.tierstock.dispatch.adapter.out.postgres.PostgresAdapters;
import org.tierstock.dispatch.fake.Adapters;
import org.tierstock.runtime.obligations.ObligationWatch;
import org.tierstock.runtime.sql.Database;

class UseCasesOnPostgresTest extends UseCasesContract {
    private static final double HOUR = 3_600;

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
    void a_deficit_is_owed_since_it_began_whatever_happens_to_it_until_it_is_made_good() {
        receive("A", 10);
        receive("B", 10);
        place();
        lose("A", 4);
        anHourPasses();
        lose("A", 1);
        lose("B", 4);
        assertThat(oldest("DEFICIT")).isGreaterThanOrEqualTo(HOUR);

        receive("A", 5);

        assertThat(oldest("DEFICIT")).isBetween(0.0, HOUR - 1);
        anHourPasses();
        assertThat(oldest("DEFICIT")).isGreaterThanOrEqualTo(HOUR);
        receive("B", 4);
        lose("A", 1);
        assertThat(oldest("DEFICIT")).isBetween(0.0, HOUR - 1);
    }

    @Test
    void a_short_line_is_owed_since_it_became_short_and_not_since_it_was_handed_over() {
        receive("A", 10);
        place();
        handOver(1, 4);
        lock(4, 0);
        anHourPasses();
        lose("A", 6);
        handOver(2, 3);
        anHourPasses();
        handOver(3, 3);
        assertThat(oldest("LINE_SHORT")).isBetween(HOUR, 2 * HOUR - 1);

        closeShortage(2);

        assertThat(oldest("LINE_SHORT")).isBetween(0.0, HOUR - 1);
    }

    @Test
    void cancels_and_releases_are_owed_since_the_oldest_of_those_that_are_open() {
        receive("A", 10);
        place();
        handOver(1, 2);
        handOver(2, 2);
        lock(2, 0);
        lock(2, 0);
        cancelEachOf("WEB:1", 1, "");
        anHourPasses();
        cancelEachOf("WEB:1", 2, "");
        assertThat(oldest("CANCEL_OPEN")).isGreaterThanOrEqualTo(HOUR);

        askReleases();
        assertThat(oldest("CANCEL_OPEN")).isZero();
        assertThat(oldest("RELEASE_UNANSWERED")).isBetween(0.0, HOUR - 1);
        anHourPasses();
        handOver(3, 2);
        lock(2, 0);
        cancelEachOf("WEB:1", 3, "");
        askReleases();
        assertThat(oldest("RELEASE_UNANSWERED")).isGreaterThanOrEqualTo(HOUR);

        release(1, 2);

        assertThat(oldest("RELEASE_UNANSWERED")).isBetween(0.0, HOUR - 1);
    }

    @Test
    void a_refused_quantity_is_kept_back_since_its_own_refusal() {
        receive("A", 10);
        place();
        handOver(1, 2);
        handOver(2, 2);
        lock(0, 2);
        anHourPasses();
        lock(0, 3);
        assertThat(oldest("REFUSAL_HELD")).isGreaterThanOrEqualTo(HOUR);

        lose("A", 2);
        endRefusals();

        assertThat(oldest("REFUSAL_HELD")).isBetween(0.0, HOUR - 1);
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

    private void anHourPasses() {
        Map.of(
                        "cell_stock", "deficit_since",
                        "dispatch_line", "short_since",
                        "line_cancel", "accepted_at",
                        "outbound", "release_asked_at",
                        "refusal", "refused_at")
                .forEach((table, since) -> postgres.database()
                        .update(
                                "UPDATE " + table + " SET " + since + " = " + since + " - interval '1 hour'",
                                Database.Binder.NOTHING));
    }

    /** For how long the oldest of that kind has been owed, in seconds. */
    private double oldest(String kind) {
        MeterRegistry meters = new SimpleMeterRegistry();
        new ObligationWatch(postgres.database(), List.of(new DispatchObligations()), meters).look();
        return meters.get("tierstock.obligation.oldest")
                .tag("kind", kind)
                .timeGauge()
                .value(TimeUnit.SECONDS);
    }
}
