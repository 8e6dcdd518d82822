package org.tierstock.integration.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A history that broke an equation, without the steps that it does not need for that.
 *
 * @param history the shortest that was found
 * @param told what happens in it
 */
record Failure(History history, EquationBroken broken, List<String> told) {
    private static final int MOST_ATTEMPTS = 2_000;

    Failure {
        told = List.copyOf(told);
    }

    /** The failure of a seed that is known to break an equation. */
    static Failure of(long seed, int steps, Parts parts) {
        History.Course course = History.of(seed, steps).run(parts, false);
        EquationBroken broken = course.broken().orElseThrow();
        return new Shortening(parts, broken.equation()).of(History.of(seed, course.lastStep() + 1));
    }

    /** Leaves steps out, in ever smaller groups, as long as the same equation breaks. */
    private static final class Shortening {
        private final Parts parts;
        private final String equation;
        private int attempts;

        Shortening(Parts parts, String equation) {
            this.parts = parts;
            this.equation = equation;
        }

        Failure of(History history) {
            List<Integer> steps = new ArrayList<>(history.steps());
            int before;
            do {
                before = steps.size();
                steps = shorter(history.seed(), steps);
            } while (steps.size() < before);
            History shortest = new History(history.seed(), steps);
            History.Course course = shortest.run(parts, true);
            return new Failure(shortest, course.broken().orElseThrow(), course.told());
        }

        private List<Integer> shorter(long seed, List<Integer> longer) {
            List<Integer> steps = longer;
            for (int group = Math.max(1, steps.size() / 2); group >= 1; group /= 2) {
                int from = 0;
                while (from < steps.size() && attempts < MOST_ATTEMPTS) {
                    List<Integer> fewer = new ArrayList<>(steps);
                    fewer.subList(from, Math.min(from + group, fewer.size())).clear();
                    if (breaks(new History(seed, fewer))) {
                        steps = fewer;
                    } else {
                        from += group;
                    }
                }
            }
            return steps;
        }

        private boolean breaks(History history) {
            attempts++;
            Optional<EquationBroken> broken = history.run(parts, false).broken();
            return broken.isPresent() && broken.get().equation().equals(equation);
        }
    }

    /** The seed, the history, and the equation. */
    String text() {
        return "Seed " + history.seed() + " breaks an equation; without the steps that this does not need:\n  "
                + String.join("\n  ", told)
                + "\n" + broken.getMessage();
    }
}
