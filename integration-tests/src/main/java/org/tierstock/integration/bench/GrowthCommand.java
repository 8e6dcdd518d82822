package org.tierstock.integration.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.tierstock.integration.load.Layers;
import org.tierstock.integration.load.Load;
import org.tierstock.integration.load.LoadSettings;
import org.tierstock.local.Layer;
import org.tierstock.local.LocalPlatform;
import org.tierstock.local.PlatformSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench growth}: whether what is kept makes what is done slower. */
@Command(
        name = "growth",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the whole way of orders (placed, paid, handed over, locked, picked, shipped) on two platforms in turn: one"
                    + " with empty tables, one with millions of rows in ledger, outbox, inbox, orders and outbounds.",
            "Prints the rates and, last, one JSON line. Ends with 1 when the ratio is below its floor or a service takes too"
                    + " much memory, 3 when the books are not exact. Takes 15 GB of disk."
        })
final class GrowthCommand implements Callable<Integer> {
    private static final double FLOOR = 0.9;
    private static final double GOAL = 0.95;
    private static final long MOST_RESIDENT_BYTES = 400_000_000;

    private static final int CUSTOMERS = 24;
    private static final int MARKETPLACES = 4;
    private static final Duration BETWEEN_BATCHES = Duration.ofMillis(50);
    private static final int SKUS = 200;
    private static final int WAREHOUSES = 2;
    private static final long PLENTY = 500_000;
    private static final int HOLD_SECONDS = 3_600;

    /** A platform, its trade, and the rates of its rounds. */
    private record Side(String name, LocalPlatform platform, Load load, List<Double> rates) implements AutoCloseable {
        @Override
        public void close() {
            load.close();
        }
    }

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--rows",
            defaultValue = "5000000",
            description = "Rows in each of the grown tables (default ${DEFAULT-VALUE}).")
    private long rows;

    @Option(names = "--rounds", defaultValue = "5", description = "Of each platform (default ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "30", description = "Of each round (default ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--json", description = "Print only the JSON line; everything else goes to the error stream.")
    private boolean json;

    private PrintStream out;

    @Override
    public Integer call() {
        if (rows < 1 || rounds < 1 || seconds < 3) {
            throw new ParameterException(
                    spec.commandLine(), "There is at least 1 row and 1 round, of at least 3 seconds.");
        }
        out = json ? System.err : System.out;
        try (LocalPlatform empty = start();
                LocalPlatform grown = start()) {
            out.println("filling one of two platforms");
            Grown.fill(grown, rows, out::println);
            restart(grown);
            try (Side small = open("empty", empty);
                    Side large = open("grown", grown)) {
                return measure(small, large);
            }
        }
    }

    private LocalPlatform start() {
        LocalPlatform platform = new LocalPlatform(PlatformSettings.builder()
                .throwAway()
                .replicas(1)
                .progress(out::println)
                .build());
        platform.start();
        return platform;
    }

    /** So that plans are made for the tables as they are. */
    private static void restart(LocalPlatform platform) {
        for (Layer layer : Layer.values()) {
            platform.restart(service(layer));
        }
    }

    private static String service(Layer layer) {
        return layer.code() + "-0";
    }

    private static Side open(String name, LocalPlatform platform) {
        LoadSettings settings = new LoadSettings(
                20261129,
                "G",
                CUSTOMERS,
                MARKETPLACES,
                SKUS,
                WAREHOUSES,
                PLENTY,
                HOLD_SECONDS,
                Duration.ZERO,
                BETWEEN_BATCHES);
        Load load = Load.start(settings, Layers.of(platform));
        load.rest();
        return new Side(name, platform, load, new ArrayList<>());
    }

    private int measure(Side small, Side large) {
        run(small);
        run(large);
        small.rates().clear();
        large.rates().clear();
        for (int round = 1; round <= rounds; round++) {
            // Whoever goes first in one round goes second in the next.
            for (Side side : round % 2 == 1 ? List.of(small, large) : List.of(large, small)) {
                run(side);
            }
            out.printf(
                    Locale.ROOT,
                    "round %d: %,.0f and %,.0f units a second from order to shipment, ratio %.3f%n",
                    round,
                    small.rates().getLast(),
                    large.rates().getLast(),
                    large.rates().getLast() / small.rates().getLast());
        }
        List<String> breaches = new ArrayList<>();
        for (Side side : List.of(small, large)) {
            side.load()
                    .check(side.platform(), Grown.NAMES)
                    .forEach(breach -> breaches.add(side.name() + ": " + breach));
        }
        breaches.forEach(breach -> out.println("NOT EXACT: " + breach));
        return conclude(small, large, breaches.isEmpty());
    }

    /** Trades for so long, and until everything that was sold has left. */
    private void run(Side side) {
        long before = side.load().acknowledged().shippedUnits();
        long began = System.nanoTime();
        side.load().goOn();
        sleep();
        side.load().rest();
        double took = (System.nanoTime() - began) / 1e9;
        side.rates().add((side.load().acknowledged().shippedUnits() - before) / took);
    }

    private void sleep() {
        try {
            Thread.sleep(Duration.ofSeconds(seconds));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted", e);
        }
    }

    private int conclude(Side small, Side large, boolean exact) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            ratios.add(large.rates().get(round) / small.rates().get(round));
        }
        double growth = Comparison.median(ratios);
        Map<String, Map<String, Long>> resident = new TreeMap<>();
        for (Side side : List.of(small, large)) {
            resident.put(side.name(), mostResident(side.platform()));
        }
        boolean smallEnough = resident.values().stream()
                .flatMap(layers -> layers.values().stream())
                .allMatch(bytes -> bytes <= MOST_RESIDENT_BYTES);
        out.printf(
                Locale.ROOT,
                "growth %.3f (floor %.2f, goal %.2f), at most resident %s%n",
                growth,
                FLOOR,
                GOAL,
                resident);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("bench", "growth");
        line.put("rounds", rounds);
        line.put("rows", rows);
        line.put("invariantsExact", exact);
        line.put("ratios", Map.of("growth", Math.round(growth * 1_000) / 1_000.0));
        line.put("floors", Map.of("growth", FLOOR));
        line.put("goals", Map.of("growth", GOAL));
        line.put("residentBytes", resident);
        line.put("mostResidentBytes", MOST_RESIDENT_BYTES);
        line.put("floorsMet", growth >= FLOOR && smallEnough);
        try {
            System.out.println(new ObjectMapper().writeValueAsString(line));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        if (!exact) {
            return Bench.NOT_EXACT;
        }
        return growth >= FLOOR && smallEnough ? Bench.EXACT_AND_FAST : Bench.TOO_SLOW;
    }

    private static Map<String, Long> mostResident(LocalPlatform platform) {
        Map<String, Long> resident = new TreeMap<>();
        for (Layer layer : Layer.values()) {
            resident.put(layer.code(), Resident.mostBytes(platform.pid(service(layer))));
        }
        return resident;
    }
}
