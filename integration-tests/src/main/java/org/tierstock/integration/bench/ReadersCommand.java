package org.tierstock.integration.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.tierstock.local.LayerDatabase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench readers}: how long orders take while others read, beside how long they take when nobody does. */
@Command(
        name = "readers",
        mixinStandardHelpOptions = true,
        description = {
            "Places orders at the sales service, in turn alone and while 40 callers list a channel's orders by state and 24"
                    + " take the ledger as CSV at a crawl, over a channel with many kept orders.",
            "Prints a table and, last, one JSON line. Ends with 1 when the p99 with readers is more than twice that without, 3"
                    + " when the books are not exact. Readers that get no list or no ledger, or a wrong answer, are none: it"
                    + " fails."
        })
final class ReadersCommand implements Callable<Integer> {
    /** Calls in flight. */
    private static final int IN_FLIGHT = 8;

    private static final int WARM_UP_SECONDS = 12;
    private static final double AT_MOST = 2;
    private static final double GOAL = 1.25;
    /** One in so many kept orders waits for its money to be returned. */
    private static final int REFUND_EVERY = 100;

    /** What one round came to. */
    private record Round(Load.Outcome alone, Load.Outcome beside, long lists, long downloads, long refused) {
        double ratio() {
            return beside.p99Millis() / alone.p99Millis();
        }
    }

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--orders",
            defaultValue = "3000000",
            description = "Kept orders of the channel (default ${DEFAULT-VALUE}).")
    private int orders;

    @Option(names = "--rounds", defaultValue = "3", description = "Rounds that count (default ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--seconds",
            defaultValue = "10",
            description = "Seconds with readers, and without, in each round (default ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--json", description = "Print only the JSON line; everything else goes to the error stream.")
    private boolean json;

    private PrintStream out;

    @Override
    public Integer call() {
        if (orders < REFUND_EVERY || rounds < 1 || seconds < 1) {
            throw new ParameterException(
                    spec.commandLine(), "Rounds and seconds are at least 1, orders at least " + REFUND_EVERY + ".");
        }
        out = json ? System.err : System.out;
        EventLoopGroup eventLoop = new NioEventLoopGroup(1);
        try (SalesAlone sales = SalesAlone.start(out::println);
                GrpcOrders grpc = new GrpcOrders(sales.grpcAddress(), sales.channelToken(), eventLoop)) {
            out.printf(Locale.ROOT, "keeping %,d orders%n", orders);
            keep(sales.database());
            Books books = new Books(sales.database());
            books.kept(orders);
            return measure(sales, grpc.place(new OrderSource("RD", Shop.uniform(1))), books);
        } finally {
            eventLoop.shutdownGracefully();
        }
    }

    /** As if they had been placed and paid long ago. */
    private void keep(LayerDatabase database) {
        try (Connection connection = Databases.connect(database)) {
            try (PreparedStatement insert = connection.prepareStatement("""
                    WITH kept AS (
                        INSERT INTO sales_order (number, order_id, partition, content_hash, state, deduction_mode,
                                                 delivery_method, ship_region, buyer, address_reference, trace_parent,
                                                 placed_at)
                        SELECT ? || ':KEPT-' || n, -n, 0, 0, CASE WHEN n % ? = 0 THEN 'REFUND' ELSE 'PAID' END,
                               'PRE_HOLD', 'EXPRESS', 'EAST', 'b', 'a', '', now()
                        FROM generate_series(1, ?) AS n
                        RETURNING order_id, state)
                    INSERT INTO order_line (order_id, line, partition, row_id, quantity, state, hand_over)
                    SELECT order_id, 1, 0, (SELECT min(row_id) FROM stock), 1, state, CASE state WHEN 'PAID' THEN 1 END
                    FROM kept
                    """)) {
                insert.setString(1, Shop.CHANNEL);
                insert.setInt(2, REFUND_EVERY);
                insert.setInt(3, orders);
                insert.executeUpdate();
            }
        } catch (SQLException e) {
            throw new BenchFailure("the orders cannot be kept", e);
        }
        try (Connection owner = Databases.connectAsOwner(database);
                Statement analyze = owner.createStatement()) {
            analyze.execute("VACUUM ANALYZE");
        } catch (SQLException e) {
            throw new BenchFailure("the tables cannot be analyzed", e);
        }
    }

    private int measure(SalesAlone sales, Sender sender, Books books) {
        out.println("warming up: " + WARM_UP_SECONDS + " s");
        place(sender, Duration.ofSeconds(WARM_UP_SECONDS), books);
        List<Round> measured = new ArrayList<>();
        boolean exact = true;
        for (int round = 1; round <= rounds; round++) {
            // Every second round begins with the readers: nobody always follows what the other has left to write.
            Round result = round(sales, sender, round % 2 == 0, books);
            out.printf(
                    Locale.ROOT,
                    "round %d: p50 %.2f ms, p99 %.2f ms; with readers p50 %.2f ms, p99 %.2f ms, %,d lists, %,d downloads,"
                            + " %,d refused%n",
                    round,
                    result.alone().p50Millis(),
                    result.alone().p99Millis(),
                    result.beside().p50Millis(),
                    result.beside().p99Millis(),
                    result.lists(),
                    result.downloads(),
                    result.refused());
            measured.add(result);
            List<String> differences = books.differences();
            differences.forEach(difference -> out.println("NOT EXACT: " + difference));
            exact &= differences.isEmpty();
        }
        return conclude(measured, exact);
    }

    private static Load.Outcome place(Sender sender, Duration duration, Books books) {
        Load.Outcome outcome = Load.run(sender, IN_FLIGHT, duration);
        books.acknowledged(Cell.Side.TIERSTOCK, outcome.placed());
        return outcome;
    }

    private Round round(SalesAlone sales, Sender sender, boolean readersFirst, Books books) {
        Duration duration = Duration.ofSeconds(seconds);
        Load.Outcome alone = readersFirst ? null : place(sender, duration, books);
        Load.Outcome beside;
        SlowReaders readers = SlowReaders.start(sales.url(), sales.channelToken(), sales.auditorToken());
        try (readers) {
            beside = place(sender, duration, books);
        }
        if (!readers.wrong().isEmpty()) {
            throw new BenchFailure("readers were answered wrongly: " + readers.wrong());
        }
        if (readers.answered() == 0 || readers.downloads() == 0) {
            throw new BenchFailure("nobody has read: that shows nothing");
        }
        return new Round(
                readersFirst ? place(sender, duration, books) : alone,
                beside,
                readers.answered(),
                readers.downloads(),
                readers.refused());
    }

    private int conclude(List<Round> measured, boolean exact) {
        double ratio = Comparison.median(measured.stream().map(Round::ratio).toList());
        out.printf(Locale.ROOT, "%nreadersP99 %.2f, at most %.2f, goal %.2f%n", ratio, AT_MOST, GOAL);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("bench", "readers");
        line.put("rounds", measured.size());
        line.put("orders", orders);
        line.put("invariantsExact", exact);
        line.put("lists", measured.stream().mapToLong(Round::lists).sum());
        line.put("downloads", measured.stream().mapToLong(Round::downloads).sum());
        line.put("refused", measured.stream().mapToLong(Round::refused).sum());
        line.put("ratios", Map.of("readersP99", Math.round(ratio * 100) / 100.0));
        line.put("floors", Map.of("readersP99", AT_MOST));
        line.put("goals", Map.of("readersP99", GOAL));
        line.put("floorsMet", ratio <= AT_MOST);
        try {
            System.out.println(new ObjectMapper().writeValueAsString(line));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        if (!exact) {
            return Bench.NOT_EXACT;
        }
        return ratio <= AT_MOST ? Bench.EXACT_AND_FAST : Bench.TOO_SLOW;
    }
}
