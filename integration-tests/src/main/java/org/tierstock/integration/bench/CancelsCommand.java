package org.tierstock.integration.bench;

import static org.tierstock.integration.load.LayerClient.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
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

/** {@code bench cancels}: whether what is sold comes back as fast as it went. */
@Command(
        name = "cancels",
        mixinStandardHelpOptions = true,
        description = {
            "Pays 600 orders of one line each, until the warehouse has locked them all, and cancels them, until the sales"
                    + " layer has all of them back; then one order of 2,000 lines and one of 500, while somebody else orders one thing after the other.",
            "Prints the times and, last, one JSON line. Ends with 1 when a ceiling is missed."
        })
final class CancelsCommand implements Callable<Integer> {
    private static final double AT_MOST = 2.0;
    private static final int ORDERS = 600;
    private static final int A_BATCH = 100;
    private static final int LONG_ORDER = 2_000;
    private static final int SHORT_ORDER = 500;
    private static final int SKUS_A_CALL = 500;
    private static final int PLENTY = 1_000_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String CHANNEL = "WEB-X";
    private static final String OTHER_CHANNEL = "APP-X";

    private static final String LOCKED =
            "SELECT count(*) FROM outbound WHERE locked > 0 AND starts_with(order_number, '" + CHANNEL + "')";
    private static final String BACK =
            "SELECT coalesce(sum(reversed), 0) FROM order_line JOIN sales_order USING (order_id) WHERE number = ANY (?)";

    @Spec
    private CommandSpec spec;

    @Option(names = "--rounds", defaultValue = "5", description = "After one to warm up (default ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--json", description = "Print only the JSON line; everything else goes to the error stream.")
    private boolean json;

    private PrintStream out;
    private LocalPlatform platform;
    private Layers layers;
    private int placed;

    /** Seconds until all was locked, and until all was back. */
    private record Way(double there, double back) {
        double ratio() {
            return back / there;
        }
    }

    @Override
    public Integer call() {
        if (rounds < 1) {
            throw new ParameterException(spec.commandLine(), "There is at least 1 round.");
        }
        out = json ? System.err : System.out;
        try (LocalPlatform started = new LocalPlatform(PlatformSettings.builder()
                .throwAway()
                .replicas(1)
                .progress(out::println)
                .build())) {
            platform = started;
            started.start();
            layers = Layers.of(started);
            open();
            return measure();
        }
    }

    private int measure() {
        List<Double> manyRatios = new ArrayList<>();
        List<Double> linearity = new ArrayList<>();
        List<Double> beside = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            Way many = thereAndBack(IntStream.range(0, ORDERS)
                    .mapToObj(i -> List.of(sku(i % SHORT_ORDER)))
                    .toList());
            Way small = thereAndBack(List.of(skus(SHORT_ORDER)));
            double alone = p99Millis(() -> Drain.of(layers).await());
            Way[] large = new Way[1];
            double besideLarge = p99Millis(() -> large[0] = thereAndBack(List.of(skus(LONG_ORDER))));
            double lines = large[0].back() / small.back() * SHORT_ORDER / LONG_ORDER;
            out.printf(
                    Locale.ROOT,
                    "round %d: %d orders there in %.2f s and back in %.2f s, ratio %.2f; %d lines there in %.2f s and back in"
                            + " %.2f s, %d in %.2f s and %.2f s, ratio a line %.2f; others' p99 %.1f ms alone, %.1f ms beside%n",
                    round,
                    ORDERS,
                    many.there(),
                    many.back(),
                    many.ratio(),
                    SHORT_ORDER,
                    small.there(),
                    small.back(),
                    LONG_ORDER,
                    large[0].there(),
                    large[0].back(),
                    lines,
                    alone,
                    besideLarge);
            if (round > 0) {
                manyRatios.add(many.ratio());
                linearity.add(lines);
                beside.add(besideLarge);
            }
        }
        double cancels = Comparison.median(manyRatios);
        double line = Comparison.median(linearity);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("bench", "cancels");
        result.put("rounds", rounds);
        result.put("ratios", Map.of("cancels", rounded(cancels), "lineOfLongCancel", rounded(line)));
        result.put("ceilings", Map.of("cancels", AT_MOST, "lineOfLongCancel", AT_MOST));
        result.put("p99MillisBesideLongCancel", rounded(Comparison.median(beside)));
        boolean met = cancels <= AT_MOST && line <= AT_MOST;
        result.put("ceilingsMet", met);
        try {
            System.out.println(new ObjectMapper().writeValueAsString(result));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        return met ? Bench.EXACT_AND_FAST : Bench.TOO_SLOW;
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    /** Places orders of these SKUs, a unit of each, and pays them; when they are locked, cancels them. */
    private Way thereAndBack(List<List<String>> orders) {
        List<String> numbers = new ArrayList<>();
        batches(orders, "/v1/orders/batch", "orders", skus -> {
            numbers.add(CHANNEL + ":O" + ++placed);
            return document(
                    "channel",
                    CHANNEL,
                    "channelOrderNumber",
                    "O" + placed,
                    "lines",
                    skus.stream()
                            .map(sku -> document("sku", sku, "quantity", 1))
                            .toList());
        });
        long units = orders.stream().mapToLong(List::size).sum();
        long began = System.nanoTime();
        batches(
                numbers,
                "/v1/orders/payments",
                "payments",
                number -> document("orderNumber", number, "paymentNumber", number.replace(':', '-')));
        await(Layer.WAREHOUSE, LOCKED, null, units);
        double there = secondsSince(began);
        Drain.of(layers).await();
        began = System.nanoTime();
        batches(
                numbers,
                "/v1/orders/cancellations",
                "cancellations",
                number -> document(
                        "orderNumber",
                        number,
                        "cancellationNumber",
                        number.replace(':', '-'),
                        "reasonCode",
                        "CHANGED_MIND"));
        await(Layer.SALES, BACK, numbers, units);
        double back = secondsSince(began);
        Drain.of(layers).await();
        return new Way(there, back);
    }

    private <T> void batches(List<T> subjects, String path, String list, Function<T, Map<String, Object>> written) {
        for (int from = 0; from < subjects.size(); from += A_BATCH) {
            List<Map<String, Object>> documents =
                    subjects.subList(from, Math.min(subjects.size(), from + A_BATCH)).stream()
                            .map(written)
                            .toList();
            layers.platform()
                    .post(path, document(list, documents))
                    .orFail()
                    .body()
                    .get("results")
                    .forEach(result -> {
                        if (result.get("status").asInt() >= 300) {
                            throw new BenchFailure(path + " answered " + result);
                        }
                    });
        }
    }

    private void await(Layer layer, String sql, List<String> numbers, long wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (Connection connection = Databases.connect(platform.database(layer));
                PreparedStatement statement = connection.prepareStatement(sql)) {
            if (numbers != null) {
                statement.setArray(1, connection.createArrayOf("text", numbers.toArray()));
            }
            while (true) {
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    if (row.getLong(1) == wanted) {
                        return;
                    }
                    if (System.nanoTime() > deadline) {
                        throw new BenchFailure(row.getLong(1) + " of " + wanted + " units after " + PATIENCE);
                    }
                }
                Thread.sleep(10);
            }
        } catch (SQLException e) {
            throw new BenchFailure("the " + layer.code() + " database does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted", e);
        }
    }

    private static double secondsSince(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    /** How long orders of another channel take while something is done, one after the other. */
    private double p99Millis(Runnable meanwhile) {
        Histogram latencies = new Histogram(3);
        AtomicBoolean wanted = new AtomicBoolean(true);
        Thread other = Thread.ofVirtual().start(() -> {
            while (wanted.get()) {
                long began = System.nanoTime();
                layers.platform()
                        .post(
                                "/v1/orders",
                                document(
                                        "channel",
                                        OTHER_CHANNEL,
                                        "channelOrderNumber",
                                        "X" + System.nanoTime(),
                                        "lines",
                                        List.of(document("sku", sku(0), "quantity", 1))))
                        .orFail();
                latencies.recordValue((System.nanoTime() - began) / 1_000);
            }
        });
        meanwhile.run();
        wanted.set(false);
        try {
            other.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted", e);
        }
        return latencies.getValueAtPercentile(99) / 1e3;
    }

    // ---- the market

    private void open() {
        List<String> skus = skus(LONG_ORDER);
        layers.warehouse().put("/v1/owners/ACME", Map.of("name", "Acme")).orFail();
        layers.warehouse().put("/v1/warehouses/WH-X", Map.of("name", "X")).orFail();
        layers.warehouse()
                .post(
                        "/v1/warehouses/WH-X/locations/batch",
                        document("locations", List.of(document("code", "A-1", "kind", "STORAGE"))))
                .orFail();
        layers.dispatch().put("/v1/regions/RG-X", Map.of("name", "X")).orFail();
        layers.dispatch()
                .put(
                        "/v1/nodes/WH-X",
                        document(
                                "name", "X",
                                "kind", "OWN_WAREHOUSE",
                                "warehouse", "WH-X",
                                "regions", List.of("RG-X"),
                                "priority", 1))
                .orFail();
        for (String channel : List.of(CHANNEL, OTHER_CHANNEL)) {
            layers.sales()
                    .put(
                            "/v1/channels/" + channel,
                            document(
                                    "name", channel,
                                    "deductionMode", "ORDER_TIME",
                                    "holdSeconds", 0,
                                    "deliveryMethod", "PARCEL",
                                    "shipRegion", "RG-X"))
                    .orFail();
        }
        layers.dispatch()
                .put(
                        "/v1/allotment-rules/AR-X",
                        document(
                                "kind",
                                "RATIO",
                                "priority",
                                1,
                                "nodes",
                                List.of("WH-X"),
                                "skus",
                                skus,
                                "shares",
                                List.of(share(CHANNEL), share(OTHER_CHANNEL))))
                .orFail();
        for (int from = 0; from < skus.size(); from += SKUS_A_CALL) {
            receive("R" + from, skus.subList(from, from + SKUS_A_CALL));
        }
        Drain.of(layers).await();
    }

    private void receive(String number, List<String> skus) {
        layers.warehouse()
                .post(
                        "/v1/skus/batch",
                        document(
                                "skus",
                                skus.stream()
                                        .map(sku -> document("code", sku, "name", sku, "unitsPerCase", 1))
                                        .toList()))
                .orFail();
        List<Map<String, Object>> lines = new ArrayList<>();
        for (String sku : skus) {
            lines.add(document(
                    "line", lines.size() + 1,
                    "sku", sku,
                    "owner", "ACME",
                    "virtualWarehouse", "MAIN",
                    "batch", "B1",
                    "location", "A-1",
                    "units", PLENTY));
        }
        layers.wms()
                .post(
                        "/v1/receipts",
                        document("receiptNumber", number, "kind", "PURCHASE", "warehouse", "WH-X", "lines", lines))
                .orFail();
    }

    private static Map<String, Object> share(String channel) {
        return document("channel", channel, "deliveryMethod", "PARCEL", "shipRegion", "RG-X", "weight", 1);
    }

    private static List<String> skus(int count) {
        return IntStream.range(0, count).mapToObj(CancelsCommand::sku).toList();
    }

    private static String sku(int number) {
        return "SKU-X-" + number;
    }
}
