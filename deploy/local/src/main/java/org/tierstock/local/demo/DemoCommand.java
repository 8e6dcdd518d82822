package org.tierstock.local.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.tierstock.local.LocalPlatform;
import org.tierstock.local.PlatformSettings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./tierstock demo}: replays a real dataset on a platform of its own, and proves the outcome. */
@Command(
        name = "demo",
        description = {
            "Replays a real retailer's deliveries, orders, payments, cancellations, counts and shipments on a platform of"
                    + " its own, through the public interfaces only, and proves the outcome.",
            "Exits with 0 when every invariant holds, and with 1 when one does not."
        },
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    private static final int EXPLAINED_SKUS = 3;

    /** The datasets, by the words of the command line. */
    enum Dataset {
        FOODMART,
        ONLINE_RETAIL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Option(
            names = "--orders",
            paramLabel = "N",
            defaultValue = "3000",
            description = "The most orders to replay, the first ones. Default: ${DEFAULT-VALUE}.")
    private int orders;

    @Option(
            names = "--data",
            paramLabel = "SET",
            defaultValue = "foodmart",
            description = "The dataset: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Dataset dataset;

    @Option(names = "--path", paramLabel = "DIR", description = "Where online-retail lies; see docs/demo.md.")
    private Path path;

    @Option(
            names = "--replicas",
            paramLabel = "N",
            defaultValue = "1",
            description = "Processes of each service. Default: ${DEFAULT-VALUE}.")
    private int replicas;

    @Option(names = "--json", description = "Ends standard output with the figures, as one JSON object on one line.")
    private boolean json;

    @Option(names = "--keep", description = "Keeps the data directory, for ./tierstock up --data DIR.")
    private boolean keep;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Scenario scenario = scenario();
        Progress progress = Progress.onStandardError();
        Path kept = keep ? newDirectory() : null;
        DemoReport report;
        try (LocalPlatform platform = new LocalPlatform(settings(kept, progress))) {
            Stopwatch start = new Stopwatch();
            progress.stage("starting PostgreSQL, the broker and the services", 0);
            platform.start();
            report = replay(scenario, Layers.of(platform), progress, start.seconds());
        } catch (DemoFailure failure) {
            progress.finish();
            System.err.println("tierstock demo: " + failure.getMessage());
            System.err.println(kept == null ? "With --keep, the services' logs are kept." : "Logs are in " + kept);
            return CommandLine.ExitCode.SOFTWARE;
        }
        System.out.println(report.text());
        if (kept != null) {
            System.out.println("Kept in " + kept);
        }
        if (json) {
            System.out.println(report.json());
        }
        return report.clean() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private DemoReport replay(Scenario scenario, Layers layers, Progress progress, long secondsToStart) {
        OwnBooks books = new OwnBooks();
        Stopwatch replay = new Stopwatch();
        try (Crew crew = new Crew()) {
            Trading trading = new Trading(layers, scenario, books, crew, progress);
            trading.open();
            trading.unloadOpening();
            trading.trade();
            trading.settle();
        }
        long seconds = replay.seconds();
        progress.stage("auditing and reconciling all layers", 0);
        Evidence evidence = Evidence.collect(layers, mostShipped(books));
        progress.finish();
        return new DemoReport(scenario.title(), books, evidence, seconds, secondsToStart);
    }

    private Scenario scenario() {
        if (orders < 1) {
            throw new ParameterException(spec.commandLine(), "--orders must be at least 1");
        }
        if (dataset == Dataset.FOODMART) {
            return new FoodMart(orders);
        }
        if (path == null || !Files.isDirectory(path)) {
            throw new ParameterException(spec.commandLine(), "--data online-retail needs --path DIR, where it lies");
        }
        return new OnlineRetail(path, orders);
    }

    private PlatformSettings settings(Path kept, Progress progress) {
        PlatformSettings.Builder settings =
                PlatformSettings.builder().replicas(replicas).progress(line -> progress.say("  " + line));
        return (kept == null ? settings.throwAway() : settings.dataDirectory(kept)).build();
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory("tierstock-demo-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> mostShipped(OwnBooks books) {
        return books.skus().stream()
                .sorted(Comparator.comparing((String sku) -> books.goods(sku).shipped())
                        .reversed())
                .limit(EXPLAINED_SKUS)
                .toList();
    }

    /** Seconds since it was made. */
    private static final class Stopwatch {
        private final long startedNanos = System.nanoTime();

        long seconds() {
            return (System.nanoTime() - startedNanos) / 1_000_000_000L;
        }
    }
}
