package org.tierstock.integration.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tierstock.integration.bench.Comparison.Better;

class ComparisonTest {
    private static final Comparison FASTER = new Comparison(
            "hotGrpc", Cell.HOT_GRPC, Cell.HOT_GRPC_NAIVE, Measured::answersPerSecond, 15, 35, Better.HIGHER);
    private static final Comparison SOONER = new Comparison(
            "idleP50",
            Cell.IDLE,
            Cell.IDLE_ONE_STATEMENT,
            measured -> measured.outcome().p50Millis(),
            1.5,
            1.25,
            Better.LOWER);

    @Test
    void the_median_is_the_middle_value() {
        assertThat(Comparison.median(List.of(9.0, 1.0, 5.0))).isEqualTo(5);
    }

    @Test
    void the_median_of_an_even_number_is_between_the_two_in_the_middle() {
        assertThat(Comparison.median(List.of(9.0, 1.0, 5.0, 3.0))).isEqualTo(4);
    }

    @Test
    void each_round_is_compared_with_itself_before_the_median_is_taken() {
        List<Map<Cell, Measured>> rounds = List.of(round(2000, 100), round(900, 30), round(500, 50));

        assertThat(FASTER.over(rounds)).isCloseTo(20, within(1e-9));
    }

    @Test
    void a_floor_is_reached_from_above() {
        assertThat(FASTER.meetsFloor(15)).isTrue();
        assertThat(FASTER.meetsFloor(14.9)).isFalse();
        assertThat(FASTER.meetsGoal(35)).isTrue();
    }

    @Test
    void where_less_is_better_it_is_reached_from_below() {
        assertThat(SOONER.meetsFloor(1.5)).isTrue();
        assertThat(SOONER.meetsFloor(1.6)).isFalse();
        assertThat(SOONER.meetsGoal(1.3)).isFalse();
    }

    private static Map<Cell, Measured> round(long ours, long naive) {
        return Map.of(Cell.HOT_GRPC, Measurements.placed(ours), Cell.HOT_GRPC_NAIVE, Measurements.placed(naive));
    }
}
