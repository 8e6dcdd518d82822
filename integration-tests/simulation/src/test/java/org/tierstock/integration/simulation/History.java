package org.tierstock.integration.simulation;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tierstock.movements.ConservationBroken;

/**
 * One history: the steps of a seed, or some of them, and then rest.
 *
 * @param steps the numbers of its steps, ascending; each throws its own dice
 */
record History(long seed, List<Integer> steps) {
    History {
        steps = List.copyOf(steps);
    }

    /** How a history went. */
    record Course(
            Optional<EquationBroken> broken,
            int lastStep,
            Happenings happenings,
            long transactions,
            List<String> told) {}

    static History of(long seed, int steps) {
        return new History(seed, IntStream.range(0, steps).boxed().toList());
    }

    /** Runs it, until the first equation breaks. */
    Course run(Parts parts, boolean telling) {
        World world = new World(Climate.of(seed), parts, telling);
        int[] now = {0};
        Optional<EquationBroken> broken = broken(() -> {
            for (int step : steps) {
                now[0] = step;
                world.step(step, Chance.of(seed, step));
            }
            world.rest();
        });
        return new Course(broken, now[0], Happenings.in(world), world.transactions(), world.told());
    }

    /** The equation that broke when this was run; what no use case may throw is one too. */
    static Optional<EquationBroken> broken(Runnable run) {
        try {
            run.run();
            return Optional.empty();
        } catch (EquationBroken e) {
            return Optional.of(e);
        } catch (RuntimeException e) {
            return Optional.of(brokenBy(e));
        }
    }

    /** The equation that a use case breaks by throwing this. */
    static EquationBroken brokenBy(RuntimeException e) {
        return new EquationBroken(e instanceof ConservationBroken ? "No bucket crosses zero" : "No use case fails", e);
    }
}
