package org.tierstock.runtime.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
