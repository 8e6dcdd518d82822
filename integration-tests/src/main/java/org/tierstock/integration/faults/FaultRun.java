package org.tierstock.integration.faults;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.tierstock.integration.load.Layers;
import org.tierstock.integration.load.Load;
import org.tierstock.integration.load.LoadFailure;
import org.tierstock.integration.load.LoadSettings;
import org.tierstock.integration.load.Traffic;
import org.tierstock.local.Layer;
import org.tierstock.local.LocalPlatform;
import org.tierstock.local.PlatformFailure;
import org.tierstock.local.PlatformSettings;

/**
 * A platform of two replicas under load, in rounds: things go wrong, are healed, and come to rest; then whatever a client was
 * told must be so, and everything must have been back in time.
 */
public final class FaultRun {
    private static final int REPLICAS = 2;
    private static final int SKUS = 40;
    private static final int WAREHOUSES = 2;
    private static final int HOLD_SECONDS = 5;
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration MARKETPLACE_PAUSE = Duration.ofMillis(500);

    /** Processes that live for a minute do not earn back what the optimising compiler takes from the others. */
    private static final String FOR_SHORT_LIVES = "-XX:TieredStopAtLevel=1";

    /** Of each SKU in each warehouse: the most wanted sell out, the others last. */
    private static final long UNITS_AT_FIRST = 400;

    private static final long UNITS_A_MINUTE = 300;

    /** A process that is not ready after so long is not coming back. */
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);

    /** How soon everything is at rest after the last harm is healed and the last client has its answer. */
    private static final double REST_SECONDS = 60;

    /**
     * How a run shall be.
     *
     * @param lasting when the last round may begin at the latest, from the first one's beginning
     * @param customers how many order at once, one thing after the other
     * @param marketplaces how many order by the batch
     * @param failOver whether a database falls back under its running replicas in the end
     * @param directory where logs and databases stay; none: they are thrown away
     */
    public record Settings(
            long seed,
            Duration lasting,
            int customers,
            int marketplaces,
            boolean failOver,
            Optional<Path> repository,
            Optional<Path> directory) {}

    private final Settings settings;
    private final Consumer<String> told;
    private final List<String> breaches = new ArrayList<>();
    private final List<Schedule.Round> rounds = new ArrayList<>();
    private double longestRest;

    /** @param told is told, in lines for people, what happens */
    public FaultRun(Settings settings, Consumer<String> told) {
        this.settings = settings;
        this.told = told;
    }

    /** Runs to the end, or until a round breaks something: what comes after would only be confused by it. */
    public FaultReport run() {
        try (Links links = new Links();
                LocalPlatform platform = new LocalPlatform(platform(links))) {
            platform.start();
            Map<Layer, List<URI>> urls = new EnumMap<>(Layer.class);
            for (Layer layer : Layer.values()) {
                urls.put(layer, reachedThrough(links, layer, platform.urls(layer)));
            }
            Layers layers = Layers.of(platform, urls::get, orderService(links, platform));
            FaultCounts counts = new FaultCounts();
            Strokes strokes = new Strokes(platform, counts, told);
            Schedule schedule = new Schedule(settings.seed(), platform.processes(), links.all());
            schedule.severed().forEach(Link::sever);
            told.accept("closed for the whole run: " + schedule.severed());
            Snapshots snapshots = new Snapshots(platform);
            MissingMonth missing = new MissingMonth(platform, snapshots);
            try (snapshots;
                    Load load = startWithout(missing, layers)) {
                long began = System.nanoTime();
                try {
                    missing.pass(load).forEach(layer -> counts.happened(FaultKind.MISSING_MONTH, layer.code()));
                    long firstRound = System.nanoTime();
                    while (breaches.isEmpty()
                            && secondsSince(firstRound) < settings.lasting().toSeconds()) {
                        Schedule.Round round = schedule.next();
                        rounds.add(round);
                        snapshots.hold();
                        round(round, strokes, links, load, layers, platform);
                        snapshots.release().forEach(layer -> counts.happened(FaultKind.HELD_SNAPSHOT, layer.code()));
                    }
                    if (breaches.isEmpty() && settings.failOver()) {
                        Layer layer = Layer.values()[Math.floorMod(settings.seed(), Layer.values().length)];
                        new FailOver(layer, platform, layers, load, told).befall();
                        counts.happened(FaultKind.FAIL_OVER, layer.code());
                    }
                    if (breaches.isEmpty()) {
                        breaches.addAll(load.finish());
                    }
                } catch (LoadFailure | PlatformFailure failure) {
                    breaches.add(String.valueOf(failure.getMessage()));
                }
                schedule.severed().stream()
                        .filter(link -> link.struck() > 0)
                        .forEach(link -> counts.happened(FaultKind.ONE_WAY_CUT, link.toString()));
                FaultReport report = new FaultReport(
                        settings.seed(),
                        secondsSince(began),
                        rounds.size(),
                        load.acknowledged(),
                        layers.traffic(),
                        strokes,
                        FaultKind.due(rounds, settings.failOver()),
                        links.all().stream().mapToLong(Link::struck).sum(),
                        longestRest,
                        breaches);
                report.breaches().forEach(breach -> told.accept("BREACH: " + breach));
                return report;
            }
        }
    }

    private PlatformSettings platform(Links links) {
        PlatformSettings.Builder builder = PlatformSettings.builder()
                .throwAway()
                .replicas(REPLICAS)
                .detours(links)
                .learnToStart()
                // A round does not last as long as an outage: what a broker has lost comes again after seconds.
                .environment("TIERSTOCK_EXCHANGE_TELL_EVERY", "2s")
                .environment("TIERSTOCK_EXCHANGE_CARRY_AGAIN_AFTER", "5s")
                .serviceJvmOptions(FOR_SHORT_LIVES)
                .readyWithin(READY_WITHIN)
                .progress(told);
        settings.repository().ifPresent(builder::repository);
        settings.directory()
                .ifPresent(directory -> builder.dataDirectory(directory).fresh(true));
        return builder.build();
    }

    /** The first movements find no month in any ledger. */
    private Load startWithout(MissingMonth missing, Layers layers) {
        missing.befall();
        return Load.start(load(), layers);
    }

    private LoadSettings load() {
        return new LoadSettings(
                settings.seed(),
                "F",
                settings.customers(),
                settings.marketplaces(),
                SKUS,
                WAREHOUSES,
                UNITS_AT_FIRST + UNITS_A_MINUTE * settings.lasting().toMinutes(),
                HOLD_SECONDS,
                PAUSE,
                MARKETPLACE_PAUSE);
    }

    private static List<URI> reachedThrough(Links links, Layer layer, List<URI> urls) {
        List<URI> reached = new ArrayList<>();
        for (URI url : urls) {
            reached.add(links.forClients(layer.code() + "-" + reached.size(), url));
        }
        return reached;
    }

    private static List<String> orderService(Links links, LocalPlatform platform) {
        List<String> reached = new ArrayList<>();
        for (String address : platform.grpcAddresses(Layer.SALES)) {
            reached.add(links.address(Links.CLIENT, Layer.SALES.code() + "-" + reached.size() + " (gRPC)", address));
        }
        return reached;
    }

    private void round(
            Schedule.Round round, Strokes strokes, Links links, Load load, Layers layers, LocalPlatform platform) {
        int ordersBefore = load.acknowledged().orders();
        long began = System.nanoTime();
        load.goOn();
        strikeAll(round, strokes);
        links.heal();
        strokes.awaitAllReady();
        long healed = System.nanoTime();
        double struckSeconds = secondsSince(began);
        load.pause();
        double answered = secondsSince(healed);
        load.rest();
        double rest = secondsSince(healed);
        longestRest = Math.max(longestRest, rest);
        breaches.addAll(load.check(platform));
        if (rest > REST_SECONDS) {
            breaches.add("at rest only after " + rest + " s");
        }
        layers.traffic().silences().stream()
                .filter(silence -> silence.beganNanos() > began)
                .forEach(silence -> unanswered(silence, healed));
        told.accept(String.format(
                Locale.ROOT,
                "round %-3d %5.1f s  %,6d orders  killed %s; %s; %d network faults; all answered after %.1f s, at rest"
                        + " after %.1f s, checked in %.1f s: %s",
                rounds.size(),
                struckSeconds,
                load.acknowledged().orders() - ordersBefore,
                named(round, Fault.Kill.class),
                named(round, Fault.Stall.class),
                round.network().size(),
                answered,
                rest,
                secondsSince(healed) - rest,
                breaches.isEmpty() ? "all well" : "BROKEN"));
    }

    /** A request that waited in vain may have gone into harm's way; after that was healed, none may. */
    private void unanswered(Traffic.Silence silence, long healed) {
        double before = (healed - silence.beganNanos()) / 1e9;
        if (before < 0) {
            breaches.add("not answered in time, though nothing was wrong any more: " + silence.request());
        } else {
            told.accept(String.format(
                    Locale.ROOT,
                    "    not answered in time, begun %.1f s before all was healed: %s",
                    before,
                    silence.request()));
        }
    }

    private static String named(Schedule.Round round, Class<? extends Fault> kind) {
        return round.processes().stream()
                .filter(kind::isInstance)
                .map(Fault::toString)
                .collect(Collectors.joining(", "));
    }

    /** Processes and network at once, each in its order. */
    private static void strikeAll(Schedule.Round round, Strokes strokes) {
        AtOnce.each(List.of(round.processes(), round.network()), faults -> faults.forEach(strokes::strike));
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
