package org.tierstock.integration.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench overload}: how fast the sales service refuses what is beyond its bounds, and recovers when it is over. */
@Command(
        name = "overload",
        mixinStandardHelpOptions = true,
        description = {
            "Sends twice as many orders at once as a lane of the sales service holds, 64 a call through gRPC, and"
                    + " single ones through REST beside them; then goes back to the load of before.",
            "Prints a table and, last, one JSON line. Ends with 1 when a ceiling is missed, 3 when the books are not exact."
        })
final class OverloadCommand implements Callable<Integer> {
    /** Calls in flight before and after the storm, and of REST during it. */
    private static final int IN_FLIGHT = 64;

    private static final int ORDERS_A_CALL = 64;
    /** Their orders are twice the usual bound of a lane, and the calls as many as one connection carries. */
    private static final int CALLERS = 2 * 8_192 / ORDERS_A_CALL;

    private static final int WARM_UP_SECONDS = 12;
    private static final double RECOVERED = 0.95;

    /** What is measured, by its name in the JSON line; the slowest that is good enough. */
    private enum Figure {
        REFUSED_GRPC("refusedGrpcP99Millis", 50, round -> p99Millis(round.grpc().refusals())),
        REFUSED_REST("refusedRestP99Millis", 50, round -> p99Millis(round.rest().refusals())),
        RECOVERY("recoverySeconds", 5, Round::recoverySeconds);

        private final String title;
        private final double atMost;
        private final ToDoubleFunction<Round> of;

        Figure(String title, double atMost, ToDoubleFunction<Round> of) {
            this.title = title;
            this.atMost = atMost;
            this.of = of;
        }

        /** The median of the rounds. */
        double over(List<Round> rounds) {
            return Comparison.median(rounds.stream().map(of::applyAsDouble).toList());
        }
    }

    /** What one round came to. */
    private record Round(double usualPace, Storm.Outcome grpc, Storm.Outcome rest, double recoverySeconds) {}

    @Spec
    private CommandSpec spec;

    @Option(names = "--rounds", defaultValue = "3", description = "Storms (default ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--seconds",
            defaultValue = "10",
            description = "Seconds of each storm, and of the load before and after it (default ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--json", description = "Print only the JSON line; everything else goes to the error stream.")
    private boolean json;

    private PrintStream out;

    @Override
    public Integer call() {
        if (rounds < 1 || seconds < 3) {
            throw new ParameterException(spec.commandLine(), "There is at least 1 round, of at least 3 seconds.");
        }
        out = json ? System.err : System.out;
        EventLoopGroup eventLoop = new NioEventLoopGroup(1);
        try (SalesAlone sales = SalesAlone.start(out::println);
                GrpcOrders grpc = new GrpcOrders(sales.grpcAddress(), sales.channelToken(), eventLoop);
                RestOrders rest = new RestOrders(sales.url(), sales.channelToken(), IN_FLIGHT, eventLoop)) {
            return measure(grpc, rest, new Books(sales.database()));
        } finally {
            eventLoop.shutdownGracefully();
        }
    }

    private int measure(GrpcOrders grpc, RestOrders rest, Books books) {
        Sender calm = grpc.place(new OrderSource("CALM", Shop.hot()));
        Sender storm = grpc.placeBatch(new OrderSource("STORM", Shop.hot()), ORDERS_A_CALL);
        Sender stormOfRest = rest.place(new OrderSource("REST", Shop.hot()));
        out.println("warming up: " + WARM_UP_SECONDS + " s");
        acknowledge(
                books,
                Load.run(calm, IN_FLIGHT, Duration.ofSeconds(WARM_UP_SECONDS)).placed());
        List<Round> measured = new ArrayList<>();
        boolean exact = true;
        for (int round = 1; round <= rounds; round++) {
            out.println("round " + round + " of " + rounds);
            Round result = round(calm, storm, stormOfRest, books);
            describe(result);
            measured.add(result);
            List<String> differences = books.differences();
            differences.forEach(difference -> out.println("NOT EXACT: " + difference));
            exact &= differences.isEmpty();
        }
        return conclude(measured, exact);
    }

    private Round round(Sender calm, Sender storm, Sender stormOfRest, Books books) {
        Duration duration = Duration.ofSeconds(seconds);
        Pace before = Pace.of(calm, IN_FLIGHT, duration);
        CompletableFuture<Storm.Outcome> rest =
                CompletableFuture.supplyAsync(() -> Storm.run(stormOfRest, IN_FLIGHT, duration));
        Storm.Outcome grpc = Storm.run(storm, CALLERS, duration);
        Storm.Outcome beside = rest.join();
        Pace after = Pace.of(calm, IN_FLIGHT, duration);
        acknowledge(books, before.placed() + grpc.placed() + beside.placed() + after.placed());
        if (grpc.refusals().getTotalCount() == 0 || beside.refusals().getTotalCount() == 0) {
            throw new BenchFailure("nothing was refused: that was no overload");
        }
        return new Round(before.usual(), grpc, beside, after.secondsUntil(RECOVERED * before.usual()));
    }

    private static void acknowledge(Books books, long placed) {
        books.acknowledged(Cell.Side.TIERSTOCK, placed);
    }

    private void describe(Round round) {
        out.printf(
                Locale.ROOT,
                "  before: %,.0f orders a second%n"
                        + "  storm, gRPC: %,d placed, p99 %.0f ms; %,d refused, p50 %.1f ms, p99 %.1f ms%n"
                        + "  storm, REST: %,d placed, p99 %.0f ms; %,d refused, p50 %.1f ms, p99 %.1f ms%n"
                        + "  after: 95 %% of the rate within %.1f s%n",
                round.usualPace(),
                round.grpc().placed(),
                p99Millis(round.grpc().answers()),
                round.grpc().refusals().getTotalCount(),
                round.grpc().refusals().getValueAtPercentile(50) / 1e3,
                p99Millis(round.grpc().refusals()),
                round.rest().placed(),
                p99Millis(round.rest().answers()),
                round.rest().refusals().getTotalCount(),
                round.rest().refusals().getValueAtPercentile(50) / 1e3,
                p99Millis(round.rest().refusals()),
                round.recoverySeconds());
    }

    private int conclude(List<Round> measured, boolean exact) {
        Map<String, Double> figures = new LinkedHashMap<>();
        Map<String, Double> ceilings = new LinkedHashMap<>();
        boolean met = true;
        out.printf("%n%-22s %8s %8s%n", "", "median", "at most");
        for (Figure figure : Figure.values()) {
            double value = figure.over(measured);
            figures.put(figure.title, Math.round(value * 100) / 100.0);
            ceilings.put(figure.title, figure.atMost);
            met &= value <= figure.atMost;
            out.printf(Locale.ROOT, "%-22s %8.1f %8.1f%n", figure.title, value, figure.atMost);
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("bench", "overload");
        line.put("rounds", measured.size());
        line.put("invariantsExact", exact);
        line.put("figures", figures);
        line.put("ceilings", ceilings);
        line.put("ceilingsMet", met);
        try {
            System.out.println(new ObjectMapper().writeValueAsString(line));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        if (!exact) {
            return Bench.NOT_EXACT;
        }
        return met ? Bench.EXACT_AND_FAST : Bench.TOO_SLOW;
    }

    private static double p99Millis(Histogram latencies) {
        return latencies.getValueAtPercentile(99) / 1e3;
    }
}
