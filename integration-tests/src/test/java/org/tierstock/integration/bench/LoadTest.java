package org.tierstock.integration.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadTest {
    private static final Duration SHORT = Duration.ofMillis(50);

    private final ExecutorService service = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        service.shutdownNow();
    }

    @Test
    void everything_answered_is_counted_and_nothing_is_left_in_flight() {
        AtomicInteger sent = new AtomicInteger();
        AtomicInteger inFlight = new AtomicInteger();

        Load.Outcome outcome = Load.run(
                answered -> {
                    sent.incrementAndGet();
                    inFlight.incrementAndGet();
                    service.execute(() -> {
                        inFlight.decrementAndGet();
                        answered.with(3, 1);
                    });
                },
                4,
                SHORT);

        assertThat(outcome.placed()).isEqualTo(3L * sent.get());
        assertThat(outcome.refused()).isEqualTo(sent.get());
        assertThat(outcome.latencies().getTotalCount()).isEqualTo(sent.get());
        assertThat(inFlight).hasValue(0);
    }

    @Test
    void no_more_calls_are_in_flight_than_asked_for() {
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        Load.run(
                answered -> {
                    most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                    service.execute(() -> {
                        inFlight.decrementAndGet();
                        answered.with(1, 0);
                    });
                },
                4,
                SHORT);

        assertThat(most.get()).isBetween(1, 4);
    }

    @Test
    void a_failed_call_ends_the_benchmark() {
        assertThatThrownBy(() -> Load.run(answered -> service.execute(() -> answered.failed("down")), 2, SHORT))
                .isInstanceOf(BenchFailure.class)
                .hasMessageContaining("down");
    }
}
