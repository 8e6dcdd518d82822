package org.tierstock.integration.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The simulation can fail: without any one of its protections the protocol's equations break. */
class PlantedFaultsTest {
    private static final int MOST_SEEDS = 300;
    private static final int STEPS = 500;

    private record Row(Planted planted, String seeds, Optional<EquationBroken> broken) {
        String text() {
            return "%-17s | %-8s | %-40s | %s"
                    .formatted(
                            planted.protection(),
                            seeds,
                            broken.map(EquationBroken::equation).orElse("NOT FOUND"),
                            planted.fault());
        }
    }

    @Test
    void every_protection_that_is_taken_out_is_missed() {
        List<Row> table =
                Planted.all().stream().map(PlantedFaultsTest::searched).toList();

        List<String> lines = new ArrayList<>();
        lines.add("%-17s | %-8s | %-40s | %s".formatted("without", "seeds", "first broken equation", "fault"));
        table.forEach(row -> lines.add(row.text()));
        System.out.println(String.join("\n", lines));
        assertThat(table)
                .hasSizeGreaterThanOrEqualTo(41)
                .allSatisfy(row ->
                        assertThat(row.broken()).as(row.planted().protection()).isPresent());
    }

    private static Row searched(Planted planted) {
        if (planted.directed() != null) {
            Optional<EquationBroken> broken =
                    History.broken(() -> planted.directed().play(new Stage(planted.parts())));
            return new Row(planted, "directed", broken);
        }
        Simulation.Outcome outcome = new Simulation(1, MOST_SEEDS, STEPS, planted.parts()).run();
        return new Row(planted, String.valueOf(outcome.seeds()), outcome.found().map(Simulation.Found::broken));
    }
}
