package org.tierstock.integration.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final int SEEDS = 2_000;
    private static final int STEPS = 500;

    /** More kinds of documents make histories dearer, not the test longer: then there are fewer of them. */
    private static final Duration BUDGET = Duration.ofSeconds(90);

    /** However slow the machine is, fewer histories prove too little. */
    private static final int FEWEST = SEEDS / 10;

    @Test
    void the_equations_hold_after_every_transaction_of_two_thousand_histories() {
        Parts sound = new Parts();

        Simulation.Outcome outcome = new Simulation(1, SEEDS, STEPS, sound).run(BUDGET);

        System.out.println(outcome.text());
        assertThat(outcome.found()
                        .map(found -> Failure.of(found.seed(), STEPS, sound).text()))
                .isEmpty();
        assertThat(outcome.happenings().missing()).isEmpty();
        assertThat(outcome.seeds()).isGreaterThanOrEqualTo(FEWEST);
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
