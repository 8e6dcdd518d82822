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
    record Course(Optional<EquationBroken> broken, int lastStep, Happenings happenings, long transactions, List<String> told) {}

    static History of(long seed, int steps) {
        return new History(seed, IntStream.range(0, steps).boxed().toList());
    }

    /** Runs it, until the first equation breaks. */
    Course run(Parts parts, boolean telling) {
        World world = new World(Climate.of(seed), parts, telling);
        int now = 0;
        try {
            for (int step : steps) {
                now = step;
                world.step(step, Chance.of(seed, step));
            }
            world.rest();
            return new Course(Optional.empty(), now, Happenings.in(world), world.transactions(), world.told());
        } catch (EquationBroken e) {
            return new Course(Optional.of(e), now, Happenings.in(world), world.transactions(), world.told());
        } catch (ConservationBroken e) {
            EquationBroken broken = new EquationBroken("No bucket crosses zero", e);
            return new Course(Optional.of(broken), now, Happenings.in(world), world.transactions(), world.told());
        } catch (RuntimeException e) {
            EquationBroken broken = new EquationBroken("No use case fails", e);
            return new Course(Optional.of(broken), now, Happenings.in(world), world.transactions(), world.told());
        }
    }
}
