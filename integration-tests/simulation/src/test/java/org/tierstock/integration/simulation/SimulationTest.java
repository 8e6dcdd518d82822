package org.tierstock.integration.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final int SEEDS = 2_000;
    private static final int STEPS = 500;

    @Test
    void the_equations_hold_after_every_transaction_of_two_thousand_histories() {
        Parts sound = new Parts();

        Simulation.Outcome outcome = new Simulation(1, SEEDS, STEPS, sound).run();

        System.out.println(outcome.text());
        assertThat(outcome.found()
                        .map(found -> Failure.of(found.seed(), STEPS, sound).text()))
                .isEmpty();
        for (Happenings.Kind kind : Happenings.Kind.values()) {
            assertThat(outcome.happenings().of(kind))
                    .as("histories come to %s", kind)
                    .isPositive();
        }
    }

    @Test
    void the_directed_histories_hold_when_nothing_is_missing() {
        for (Planted planted : Planted.all()) {
            if (planted.directed() != null) {
                assertThat(History.broken(() -> planted.directed().play(new Stage(new Parts()))))
                        .as(planted.protection())
                        .isEmpty();
            }
        }
    }
}
