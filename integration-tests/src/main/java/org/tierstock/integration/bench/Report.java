package org.tierstock.integration.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What a benchmark found: tables for people, and one JSON line. */
final class Report {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String bench;
    private final List<Comparison> comparisons;
    private final List<Map<Cell, Measured>> rounds;
    private final boolean invariantsExact;

    Report(String bench, List<Comparison> comparisons, List<Map<Cell, Measured>> rounds, boolean invariantsExact) {
        this.bench = bench;
        this.comparisons = comparisons;
        this.rounds = List.copyOf(rounds);
        this.invariantsExact = invariantsExact;
    }

    boolean floorsMet() {
        return comparisons.stream().allMatch(comparison -> comparison.meetsFloor(comparison.over(rounds)));
    }

    boolean invariantsExact() {
        return invariantsExact;
    }

    /** The cells: medians of the rounds. */
    String cells() {
        StringBuilder table = new StringBuilder("%-34s %10s %9s %9s   %s%n"
                .formatted("", "per second", "p50 ms", "p99 ms", "CPU us each: client, server, PostgreSQL"));
        for (Cell cell : rounds.getFirst().keySet()) {
            table.append("%-34s %10s %9s %9s   %s %s %s%n"
                    .formatted(
                            cell.title(),
                            "%,.0f".formatted(median(cell, Measured::answersPerSecond)),
                            "%.2f"
                                    .formatted(median(
                                            cell, measured -> measured.outcome().p50Millis())),
                            "%.2f"
                                    .formatted(median(
                                            cell, measured -> measured.outcome().p99Millis())),
                            "%8.0f"
                                    .formatted(median(
                                            cell,
                                            measured -> measured.micros(
                                                    measured.cpu().client()))),
                            "%8.0f"
                                    .formatted(median(
                                            cell,
                                            measured -> measured.micros(
                                                    measured.cpu().server()))),
                            "%8.0f"
                                    .formatted(median(
                                            cell,
                                            measured -> measured.micros(
                                                    measured.cpu().postgres())))));
        }
        return table.toString();
    }

    /** The ratios, with floor and goal. */
    String ratios() {
        StringBuilder table =
                new StringBuilder("%-22s %8s %8s %8s   %s%n".formatted("", "ratio", "floor", "goal", "rounds"));
        for (Comparison comparison : comparisons) {
            double ratio = comparison.over(rounds);
            table.append("%-22s %8s %8s %8s   %s  %s%n"
                    .formatted(
                            comparison.name(),
                            figure(ratio),
                            figure(comparison.floor()),
                            figure(comparison.goal()),
                            String.join(
                                    " ",
                                    rounds.stream()
                                            .map(round -> figure(comparison.in(round)))
                                            .toList()),
                            verdict(comparison, ratio)));
        }
        return table.toString();
    }

    /** One line for machines. */
    String json() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("bench", bench);
        line.put("rounds", rounds.size());
        line.put("invariantsExact", invariantsExact);
        line.put("ratios", figures(comparison -> comparison.over(rounds)));
        line.put("floors", figures(Comparison::floor));
        line.put("floorsMet", floorsMet());
        try {
            return JSON.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, Double> figures(ToDoubleFunction<Comparison> figure) {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (Comparison comparison : comparisons) {
            figures.put(comparison.name(), Math.round(figure.applyAsDouble(comparison) * 100) / 100.0);
        }
        return figures;
    }

    private double median(Cell cell, ToDoubleFunction<Measured> figure) {
        Collection<Double> values = rounds.stream()
                .map(round -> figure.applyAsDouble(round.get(cell)))
                .toList();
        return Comparison.median(List.copyOf(values));
    }

    private static String verdict(Comparison comparison, double ratio) {
        if (comparison.meetsGoal(ratio)) {
            return "goal reached";
        }
        return comparison.meetsFloor(ratio) ? "floor reached" : "BELOW THE FLOOR";
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
    }
}
