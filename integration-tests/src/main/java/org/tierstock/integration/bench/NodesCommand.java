package org.tierstock.integration.bench;

import static org.tierstock.integration.load.LayerClient.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.tierstock.integration.load.Drain;
import org.tierstock.integration.load.Layers;
import org.tierstock.local.Layer;
import org.tierstock.local.LocalPlatform;
import org.tierstock.local.PlatformSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench nodes}: whether a dispatch layer with thousands of nodes still reconciles in seconds. */
@Command(
        name = "nodes",
        mixinStandardHelpOptions = true,
        description = {
            "Opens warehouses that are nodes, each with stock of some SKUs, and has the dispatch layer reconcile itself with the"
                    + " warehouse layer: with a tenth of the nodes, and with all of them.",
            "Prints the seconds and, last, one JSON line. Ends with 1 when a ceiling is missed, with 3 when anything differs."
        })
final class NodesCommand implements Callable<Integer> {
    /** What a node more costs, with all of them, of what it costs with a tenth. */
    private static final double AT_MOST = 2.0;

    private static final double AT_MOST_SECONDS = 10;
    private static final int SKUS = 3;
    private static final int UNITS = 10;
    private static final int AT_ONCE = 16;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--nodes",
            defaultValue = "3000",
            description = "How many warehouses there are at the end, 10 or more (default ${DEFAULT-VALUE}).")
    private int nodes;

    @Option(
            names = "--rounds",
            defaultValue = "5",
            description = "Reconciliations of each size, after one to warm up (default ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--json", description = "Print only the JSON line; everything else goes to the error stream.")
    private boolean json;

    private PrintStream out;
    private Layers layers;

    /** The median of some reconciliations with so many nodes. */
    private record Size(int nodes, double seconds, long keys, long differences) {
        double secondsANode() {
            return seconds / nodes;
        }
    }

    @Override
    public Integer call() {
        if (nodes < 10 || rounds < 1) {
            throw new ParameterException(spec.commandLine(), "There are at least 10 nodes and 1 round.");
        }
        out = json ? System.err : System.out;
        try (LocalPlatform started = new LocalPlatform(PlatformSettings.builder()
                .throwAway()
                .replicas(1)
                .progress(out::println)
                .build())) {
            started.start();
            layers = Layers.of(started);
            describe();
            open(1, nodes / 10);
            Size few = measure(nodes / 10);
            open(nodes / 10 + 1, nodes);
            return told(
                    few,
                    measure(nodes),
                    Map.of(
                            Layer.DISPATCH.code(),
                            Resident.mostBytes(started.pid("dispatch-0")),
                            Layer.WAREHOUSE.code(),
                            Resident.mostBytes(started.pid("warehouse-0"))));
        }
    }

    private int told(Size few, Size all, Map<String, Long> resident) {
        double node = all.secondsANode() / few.secondsANode();
        boolean met = node <= AT_MOST && all.seconds() <= AT_MOST_SECONDS;
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("bench", "nodes");
        line.put("rounds", rounds);
        line.put("nodes", all.nodes());
        line.put("keys", all.keys());
        line.put(
                "seconds",
                Map.of(Integer.toString(few.nodes()), few.seconds(), Integer.toString(all.nodes()), all.seconds()));
        line.put("ratios", Map.of("nodeOfMany", Math.round(node * 100) / 100.0));
        line.put("ceilings", Map.of("nodeOfMany", AT_MOST, "seconds", AT_MOST_SECONDS));
        line.put("residentBytes", resident);
        line.put("ceilingsMet", met);
        line.put("invariantsExact", few.differences() == 0 && all.differences() == 0);
        try {
            System.out.println(new ObjectMapper().writeValueAsString(line));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        if (few.differences() > 0 || all.differences() > 0) {
            return Bench.NOT_EXACT;
        }
        return met ? Bench.EXACT_AND_FAST : Bench.TOO_SLOW;
    }

    private Size measure(int nodes) {
        Drain.of(layers).await();
        List<Double> seconds = new ArrayList<>();
        long keys = 0;
        long differences = 0;
        for (int round = 0; round <= rounds; round++) {
            JsonNode run = layers.dispatch().check("/v1/reconciliations");
            double took = Duration.between(instant(run, "askedAt"), instant(run, "finishedAt"))
                            .toMillis()
                    / 1e3;
            keys = run.get("keys").asLong();
            differences += run.get("differenceCount").asLong();
            out.printf(Locale.ROOT, "%d nodes, round %d: %d keys in %.2f s%n", nodes, round, keys, took);
            if (round > 0) {
                seconds.add(took);
            }
        }
        return new Size(nodes, Comparison.median(seconds), keys, differences);
    }

    private static Instant instant(JsonNode run, String field) {
        return Instant.parse(run.get(field).asText());
    }

    // ---- the houses

    private void describe() {
        layers.warehouse().put("/v1/owners/ACME", Map.of("name", "Acme")).orFail();
        layers.warehouse()
                .post(
                        "/v1/skus/batch",
                        document(
                                "skus",
                                IntStream.rangeClosed(1, SKUS)
                                        .mapToObj(sku -> document("code", sku(sku), "name", "x", "unitsPerCase", 1))
                                        .toList()))
                .orFail();
        layers.dispatch().put("/v1/regions/RG-N", Map.of("name", "N")).orFail();
    }

    /** Opens so many houses, many at once, and says how far it has come. */
    private void open(int from, int to) {
        try (ExecutorService hands = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> opened = new ArrayList<>();
            for (int node = from; node <= to; node++) {
                int number = node;
                opened.add(hands.submit(() -> open(number)));
            }
            for (int i = 0; i < opened.size(); i++) {
                opened.get(i).get();
                if ((i + 1) % 500 == 0) {
                    out.printf("%d of %d nodes opened%n", from + i, nodes);
                }
            }
        } catch (ExecutionException e) {
            throw new BenchFailure("a node could not be opened", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted", e);
        }
    }

    private void open(int number) {
        String code = "WH-N" + number;
        layers.warehouse().put("/v1/warehouses/" + code, Map.of("name", code)).orFail();
        layers.warehouse()
                .put("/v1/warehouses/" + code + "/locations/A-1", Map.of("kind", "STORAGE"))
                .orFail();
        layers.dispatch()
                .put(
                        "/v1/nodes/" + code,
                        document(
                                "name",
                                code,
                                "kind",
                                "OWN_WAREHOUSE",
                                "warehouse",
                                code,
                                "regions",
                                List.of("RG-N"),
                                "priority",
                                1))
                .orFail();
        layers.wms()
                .post(
                        "/v1/receipts",
                        document(
                                "receiptNumber",
                                "R-" + code,
                                "kind",
                                "PURCHASE",
                                "warehouse",
                                code,
                                "lines",
                                IntStream.rangeClosed(1, SKUS)
                                        .mapToObj(NodesCommand::received)
                                        .toList()))
                .orFail();
    }

    private static Map<String, Object> received(int sku) {
        return document(
                "line", sku,
                "sku", sku(sku),
                "owner", "ACME",
                "virtualWarehouse", "MAIN",
                "batch", "B1",
                "location", "A-1",
                "units", UNITS);
    }

    private static String sku(int number) {
        return "SKU-N-" + number;
    }
}
