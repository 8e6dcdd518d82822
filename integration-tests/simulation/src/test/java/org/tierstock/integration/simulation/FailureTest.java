package org.tierstock.integration.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureTest {
    private static final int STEPS = 500;

    private static Planted planted(String protection) {
        return Planted.all().stream()
                .filter(planted -> planted.protection().equals(protection))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_broken_equation_is_told_with_its_seed_and_the_few_steps_that_break_it() {
        Parts parts = planted("one_return").parts();
        Simulation.Found found =
                new Simulation(1, 50, STEPS, parts).run().found().orElseThrow();

        Failure failure = Failure.of(found.seed(), STEPS, parts);

        assertThat(failure.history().steps()).hasSizeLessThan(30);
        assertThat(failure.broken().equation()).isEqualTo("E1 escrow");
        assertThat(failure.text()).contains("Seed " + found.seed(), "E1 escrow: ", "handed over");
    }

    @Test
    void a_shortened_history_breaks_the_same_equation_each_time() {
        Parts parts = planted("pick_bars").parts();
        Simulation.Found found =
                new Simulation(1, 50, STEPS, parts).run().found().orElseThrow();
        History shortest = Failure.of(found.seed(), STEPS, parts).history();

        String once = shortest.run(parts, false).broken().orElseThrow().getMessage();
        String again = shortest.run(parts, false).broken().orElseThrow().getMessage();

        assertThat(once).isEqualTo(again).startsWith("Picked goods are not available");
    }
}
