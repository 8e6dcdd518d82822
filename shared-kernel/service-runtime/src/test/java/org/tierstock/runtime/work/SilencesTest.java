package org.tierstock.runtime.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SilencesTest {
    private static final int FIRST = 1;
    private static final int LONGEST = 10;

    private long now = Long.MAX_VALUE - 1;
    private final Silences silences = new Silences(() -> now);

    /** For how many seconds A is left alone. */
    private int leftAlone() {
        long before = now;
        int seconds = 0;
        while (silences.isLeftAlone("A")) {
            now += Duration.ofSeconds(1).toNanos();
            seconds++;
        }
        now = before;
        return seconds;
    }

    /** True when it is A that is silent, and not everybody. */
    private boolean silent() {
        return silences.unanswered("A", FIRST, LONGEST);
    }

    @Test
    void who_is_silent_while_others_answer_is_left_alone_twice_as_long_each_time_up_to_a_bound() {
        List<Integer> seconds = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            silences.answered("B");
            assertThat(silent()).isEqualTo(i > 0);
            seconds.add(leftAlone());
        }

        assertThat(seconds).containsExactly(0, 2, 4, 8, 10, 10);
        assertThat(silences.isSilent("A")).isTrue();
        assertThat(silences.isSilent("B")).isFalse();
    }

    @Test
    void who_has_answered_is_left_alone_no_more() {
        silent();
        silences.answered("B");
        silent();
        assertThat(leftAlone()).isEqualTo(2);

        silences.answered("A");

        assertThat(leftAlone()).isZero();
        assertThat(silences.isSilent("A")).isFalse();
        silent();
        assertThat(leftAlone()).isZero();
    }

    @Test
    void while_nobody_answers_nobody_is_left_alone_for_it() {
        for (int i = 0; i < 10; i++) {
            assertThat(silent()).isFalse();
            silences.unanswered("B", FIRST, LONGEST);

            assertThat(leftAlone()).isZero();
        }
    }
}
