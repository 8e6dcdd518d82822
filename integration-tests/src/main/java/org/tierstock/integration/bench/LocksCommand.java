package org.tierstock.integration.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench locks}: how fast orders are placed and their stock is locked, beside the naive transaction. */
@Command(
        name = "locks",
        mixinStandardHelpOptions = true,
        description = {
            "Places orders for one hot SKU and for 10,000 SKUs through gRPC, batch gRPC and REST, each beside the naive"
                    + " transaction (one order: SELECT FOR UPDATE, UPDATE, INSERT, INSERT) through the same server.",
            "Prints a table and, last, one JSON line. Ends with 1 when a floor is missed, 3 when the books are not exact."
        })
final class LocksCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "Rounds that count, at least 3 (default ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--seconds",
            defaultValue = "5",
            description = "Seconds a cell and round (default ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--warm-up-seconds",
            defaultValue = "12",
            description = "Seconds that each cell runs before the first round (default ${DEFAULT-VALUE}).")
    private int warmUpSeconds;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "RATIO",
            description = "Only these ratios, by their names in the JSON line, and the cells that they need.")
    private Set<String> only;

    @Option(names = "--json", description = "Print only the JSON line; everything else goes to the error stream.")
    private boolean json;

    private List<Comparison> comparisons;
    private PrintStream out;

    @Override
    public Integer call() {
        if (rounds < 1 || seconds < 1 || warmUpSeconds < 1) {
            throw new ParameterException(spec.commandLine(), "Rounds and seconds are at least 1.");
        }
        comparisons = Locks.COMPARISONS.stream()
                .filter(comparison -> only == null || only.contains(comparison.name()))
                .toList();
        if (comparisons.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "There is no ratio " + String.join(", ", only) + ".");
        }
        out = json ? System.err : System.out;
        try (SalesAlone sales = SalesAlone.start(out::println);
                Locks locks = new Locks(sales.url(), sales.grpcAddress(), sales.database(), sales.channelToken())) {
            return conclude(measure(sales, locks));
        }
    }

    private Report measure(SalesAlone sales, Locks locks) {
        out.println("warming up: every cell " + warmUpSeconds + " s");
        List<Cell> cells = cells();
        round(locks, cells, Duration.ofSeconds(warmUpSeconds));
        boolean exact = exact(locks);
        sales.checkpoint();
        List<Map<Cell, Measured>> measured = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            out.println("round " + round + " of " + rounds);
            List<Cell> order = new ArrayList<>(cells);
            if (round % 2 == 0) {
                // The other side first: nobody always follows what the other has left to write.
                Collections.reverse(order);
            }
            measured.add(round(locks, order, Duration.ofSeconds(seconds)));
            exact &= exact(locks);
        }
        return new Report("locks", comparisons, measured, exact);
    }

    /** The cells that the comparisons need, each once. */
    private List<Cell> cells() {
        Set<Cell> cells = EnumSet.noneOf(Cell.class);
        for (Comparison comparison : comparisons) {
            cells.add(comparison.subject());
            cells.add(comparison.opponent());
        }
        return List.copyOf(cells);
    }

    private Map<Cell, Measured> round(Locks locks, List<Cell> cells, Duration duration) {
        Map<Cell, Measured> measured = new EnumMap<>(Cell.class);
        for (Cell cell : cells) {
            Measured result = locks.measure(cell, duration);
            measured.put(cell, result);
            out.printf("  %-34s %,10.0f per second%n", cell.title(), result.answersPerSecond());
        }
        return measured;
    }

    private boolean exact(Locks locks) {
        List<String> differences = locks.differences();
        differences.forEach(difference -> out.println("NOT EXACT: " + difference));
        return differences.isEmpty();
    }

    private int conclude(Report report) {
        out.println();
        out.println(report.cells());
        out.println(report.ratios());
        if (!report.invariantsExact()) {
            out.println("The books are not exact.");
        }
        if (!report.floorsMet()) {
            out.println("A floor was missed.");
        }
        System.out.println(report.json());
        if (!report.invariantsExact()) {
            return Bench.NOT_EXACT;
        }
        return report.floorsMet() ? Bench.EXACT_AND_FAST : Bench.TOO_SLOW;
    }
}
