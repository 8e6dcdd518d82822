package org.tierstock.integration.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A figure of docs/benchmarks.md: one cell measured against another of the same round.
 *
 * @param name as in the JSON line
 * @param measure what is compared of the two
 * @param floor what must be reached, and {@code goal} what is wanted
 * @param better whether the ratio should be high or low
 */
record Comparison(
        String name,
        Cell subject,
        Cell opponent,
        ToDoubleFunction<Measured> measure,
        double floor,
        double goal,
        Better better) {
    /** Which way is better. */
    enum Better {
        HIGHER,
        LOWER
    }

    /** The ratio in one round. */
    double in(Map<Cell, Measured> round) {
        return measure.applyAsDouble(round.get(subject)) / measure.applyAsDouble(round.get(opponent));
    }

    /** The median over the rounds of the ratio within each: a slow minute of the machine touches both sides of one ratio. */
    double over(List<Map<Cell, Measured>> rounds) {
        return median(rounds.stream().map(this::in).toList());
    }

    boolean meetsFloor(double ratio) {
        return meets(ratio, floor);
    }

    boolean meetsGoal(double ratio) {
        return meets(ratio, goal);
    }

    private boolean meets(double ratio, double bound) {
        return better == Better.HIGHER ? ratio >= bound : ratio <= bound;
    }

    /** The middle value; of an even number, the mean of the two in the middle. */
    static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
