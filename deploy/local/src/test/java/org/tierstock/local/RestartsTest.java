package org.tierstock.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RestartsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Restarts restarts = new Restarts();

    @Test
    void a_process_that_ends_every_minute_is_given_up() {
        for (int minute = 0; minute < Restarts.MOST; minute++) {
            assertThat(restarts.tooMany("sales-0", START.plus(Duration.ofMinutes(minute))))
                    .isFalse();
        }
        assertThat(restarts.tooMany("dispatch-0", START.plus(Duration.ofMinutes(5))))
                .isFalse();
        assertThat(restarts.tooMany("sales-0", START.plus(Duration.ofMinutes(5))))
                .isTrue();
    }

    @Test
    void a_process_that_ends_once_a_day_is_started_again_for_ever() {
        for (int day = 0; day < 100; day++) {
            assertThat(restarts.tooMany("sales-0", START.plus(Duration.ofDays(day))))
                    .isFalse();
        }
    }
}
