package org.tierstock.runtime.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AbilityTest {
    private static final Exception FAILURE = new IllegalStateException("cut off");

    private final Ability ability = new Ability(Duration.ofSeconds(5), Duration.ofSeconds(15));

    @Test
    void steps_may_fail_for_the_patience_before_a_replica_counts_as_unable() {
        ability.failed(at(10), at(10), FAILURE);
        ability.failed(at(14), at(14), FAILURE);
        assertThat(ability.isUnable()).isFalse();
        assertThat(ability.failingFor(at(14))).isEqualTo(Duration.ofSeconds(4));

        ability.failed(at(15), at(15), FAILURE);
        assertThat(ability.isUnable()).isTrue();
    }

    @Test
    void a_step_that_has_waited_in_vain_for_the_patience_is_enough() {
        ability.failed(at(10), at(30), FAILURE);

        assertThat(ability.isUnable()).isTrue();
    }

    @Test
    void a_step_that_succeeds_on_its_own_partitions_makes_it_able_at_once() {
        ability.failed(at(0), at(5), FAILURE);
        ability.succeeded(at(6));

        assertThat(ability.isUnable()).isFalse();
        assertThat(ability.failingFor(at(7))).isZero();
    }

    @Test
    void trials_must_succeed_for_as_long_as_the_patience() {
        ability.failed(at(0), at(5), FAILURE);
        ability.tried(at(6));
        ability.failed(at(8), at(8), FAILURE);
        ability.tried(at(9));
        ability.tried(at(13));
        assertThat(ability.isUnable()).isTrue();

        ability.tried(at(14));
        assertThat(ability.isUnable()).isFalse();
    }

    @Test
    void pauses_grow_while_steps_fail_up_to_what_the_work_waits_anyway() {
        Duration often = Duration.ofMillis(20);
        Duration seldom = Duration.ofMinutes(5);
        List<Duration> pauses = new ArrayList<>();
        for (int n = 0; n < 7; n++) {
            ability.failed(at(n), at(n), FAILURE);
            assertThat(ability.pause(often)).isEqualTo(Duration.ofMillis(500));
            pauses.add(ability.pause(seldom));
        }
        assertThat(pauses)
                .extracting(Duration::toMillis)
                .containsExactly(500L, 1_000L, 2_000L, 4_000L, 8_000L, 10_000L, 10_000L);

        ability.succeeded(at(9));
        ability.failed(at(9), at(9), FAILURE);
        assertThat(ability.pause(seldom)).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void the_trial_doubles_with_each_relapse_up_to_the_longest() {
        long now = relapse(0, 5);
        now = relapse(now, 10);
        now = relapse(now, 15);
        relapse(now, 15);
    }

    @Test
    void after_a_long_time_without_trouble_the_trial_is_short_again() {
        long now = relapse(0, 5);
        now = relapse(now, 10);

        relapse(now + 1_000, 5);
    }

    /** Fails at once, and is tried until it is able again after so many seconds. */
    private long relapse(long from, long trial) {
        ability.failed(at(from), at(from + 5), FAILURE);
        ability.tried(at(from + 6));
        ability.tried(at(from + 6 + trial - 1));
        assertThat(ability.isUnable()).isTrue();
        ability.tried(at(from + 6 + trial));
        assertThat(ability.isUnable()).isFalse();
        return from + 6 + trial;
    }

    private static long at(long second) {
        return Duration.ofSeconds(second).toNanos();
    }
}
