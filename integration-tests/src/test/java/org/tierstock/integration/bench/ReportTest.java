package org.tierstock.integration.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tierstock.integration.bench.Comparison.Better;

class ReportTest {
    private static final List<Comparison> COMPARISONS = List.of(new Comparison(
            "hotGrpc", Cell.HOT_GRPC, Cell.HOT_GRPC_NAIVE, Measured::answersPerSecond, 15, 35, Better.HIGHER));

    @Test
    void the_line_for_machines_names_every_ratio_and_its_floor() {
        Report report = report(2000, 100, true);

        assertThat(report.json())
                .isEqualTo("{\"bench\":\"locks\",\"rounds\":1,\"invariantsExact\":true,\"ratios\":{\"hotGrpc\":20.0},"
                        + "\"floors\":{\"hotGrpc\":15.0},\"floorsMet\":true}");
    }

    @Test
    void a_ratio_below_its_floor_is_said_in_the_table_and_in_the_line() {
        Report report = report(1000, 100, true);

        assertThat(report.floorsMet()).isFalse();
        assertThat(report.ratios()).contains("BELOW THE FLOOR");
        assertThat(report.json()).endsWith("\"floorsMet\":false}");
    }

    @Test
    void books_that_are_not_exact_are_said_however_fast_it_was() {
        Report report = report(2000, 100, false);

        assertThat(report.invariantsExact()).isFalse();
        assertThat(report.json()).contains("\"invariantsExact\":false");
    }

    @Test
    void the_table_of_cells_shows_rates_and_what_each_answer_cost() {
        assertThat(report(2000, 100, true).cells()).contains("hot SKU, gRPC", "2,000", "1.00");
    }

    private static Report report(long ours, long naive, boolean exact) {
        Map<Cell, Measured> round =
                Map.of(Cell.HOT_GRPC, Measurements.placed(ours), Cell.HOT_GRPC_NAIVE, Measurements.placed(naive));
        return new Report("locks", COMPARISONS, List.of(round), exact);
    }
}
