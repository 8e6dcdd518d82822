package org.tierstock.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CreditTest {
    private static final int SMALL = 500;
    private static final int HUGE = 10_000_000;

    private final Credit credit = new Credit(100);

    private void come(int messages, long size) {
        for (int i = 0; i < messages; i++) {
            credit.came(size);
        }
    }

    private int settle(int messages, long size) {
        int granted = 0;
        for (int i = 0; i < messages; i++) {
            credit.settled(size);
            granted += credit.grant();
        }
        return granted;
    }

    private void growToTheMost() {
        int granted = credit.grant();
        for (int round = 0; round < 10; round++) {
            come(granted, SMALL);
            granted = settle(granted, SMALL);
        }
        assertThat(granted).isEqualTo(100);
    }

    @Test
    void small_messages_double_what_may_come_up_to_the_most() {
        assertThat(credit.grant()).isEqualTo(1);
        come(1, SMALL);
        assertThat(settle(1, SMALL)).isEqualTo(2);
        come(2, SMALL);
        assertThat(settle(2, SMALL)).isEqualTo(4);
        come(4, SMALL);
        assertThat(settle(4, SMALL)).isEqualTo(8);
    }

    @Test
    void never_more_than_the_most_may_be_under_way() {
        growToTheMost();

        come(60, SMALL);

        assertThat(credit.grant()).isZero();
        assertThat(settle(60, SMALL)).isEqualTo(60);
    }

    @Test
    void a_large_message_makes_it_one_at_a_time_again() {
        growToTheMost();
        come(100, SMALL);
        settle(99, SMALL);
        come(99, SMALL);

        assertThat(settle(1, Credit.LARGE)).isZero();
        assertThat(settle(98, SMALL)).isPositive().isLessThan(100);
    }

    @Test
    void one_message_always_has_room_and_two_may_not() {
        credit.grant();
        come(1, 2L * Credit.ROOM);
        assertThat(credit.overdrawn()).isFalse();
        assertThat(credit.grant()).isZero();

        come(1, SMALL);

        assertThat(credit.overdrawn()).isTrue();
    }

    @Test
    void a_burst_of_large_ones_after_small_ones_is_more_than_there_is_room_for() {
        growToTheMost();

        come(3, HUGE);
        assertThat(credit.overdrawn()).isFalse();
        come(1, HUGE);

        assertThat(credit.overdrawn()).isTrue();
    }

    @Test
    void the_next_connection_begins_with_one_once_there_is_room() {
        growToTheMost();
        come(4, HUGE);

        credit.reconnected();

        assertThat(credit.grant()).isZero();
        credit.forgotten(HUGE);
        assertThat(credit.grant()).isEqualTo(1);
        come(1, SMALL);
        assertThat(credit.overdrawn()).isFalse();
    }
}
