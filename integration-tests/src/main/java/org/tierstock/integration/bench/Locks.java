package org.tierstock.integration.bench;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.tierstock.integration.bench.Comparison.Better;
import org.tierstock.local.LayerDatabase;

/** The cells of {@code bench locks}, ready to be run one by one, in any order, any number of times. */
final class Locks implements AutoCloseable {
    /** Calls in flight, on both sides; connections, where a connection carries one call at a time. */
    private static final int IN_FLIGHT = 64;

    private static final int ORDERS_A_CALL = 64;
    /** Of batch calls: 512 orders in flight on both sides, two of the largest transactions. */
    private static final int BATCH_CALLS_IN_FLIGHT = 8;

    private static final int ALONE = 1;
    private static final long SEED = 20_261_121;

    /** Floors and goals of docs/benchmarks.md. */
    static final List<Comparison> COMPARISONS = List.of(
            higher("hotGrpc", Cell.HOT_GRPC, Cell.HOT_GRPC_NAIVE, 15, 35),
            higher("hotGrpcBatch", Cell.HOT_GRPC_BATCH, Cell.HOT_GRPC_BATCH_NAIVE, 40, 80),
            higher("hotRest", Cell.HOT_REST, Cell.HOT_REST_NAIVE, 8, 20),
            higher("uniformGrpc", Cell.UNIFORM_GRPC, Cell.UNIFORM_GRPC_NAIVE, 3, 5),
            higher("hotGrpcVsInsert", Cell.HOT_GRPC, Cell.INSERT, 1, 1.5),
            higher("hotGrpcBatchVsInsert", Cell.HOT_GRPC_BATCH, Cell.INSERT, 2, 4),
            higher("soldOut", Cell.SOLD_OUT, Cell.SOLD_OUT_SELECT, 1, 2),
            new Comparison(
                    "idleP50",
                    Cell.IDLE,
                    Cell.IDLE_ONE_STATEMENT,
                    measured -> measured.outcome().p50Millis(),
                    1.5,
                    1.25,
                    Better.LOWER),
            new Comparison(
                    "stormP99",
                    Cell.UNIFORM_GRPC_IN_STORM,
                    Cell.UNIFORM_GRPC,
                    measured -> measured.outcome().p99Millis(),
                    2,
                    1.5,
                    Better.LOWER));

    private final EventLoopGroup eventLoop = new NioEventLoopGroup(1);
    private final GrpcOrders grpc;
    private final RestOrders rest;
    private final InsertRate inserts;
    private final Books books;
    private final Optional<ProcessHandle> postmaster;
    private final Map<Cell, Function<Duration, Load.Outcome>> cells = new EnumMap<>(Cell.class);

    Locks(URI url, String grpcAddress, LayerDatabase database, String channelToken) {
        grpc = new GrpcOrders(grpcAddress, channelToken, eventLoop);
        rest = new RestOrders(url, channelToken, IN_FLIGHT, eventLoop);
        inserts = new InsertRate(database);
        books = new Books(database);
        postmaster = Databases.postmaster(database);
        define();
    }

    private static Comparison higher(String name, Cell subject, Cell opponent, double floor, double goal) {
        return new Comparison(name, subject, opponent, Measured::answersPerSecond, floor, goal, Better.HIGHER);
    }

    private void define() {
        define(Cell.HOT_GRPC, grpc.place(hot("HG")), IN_FLIGHT);
        define(Cell.HOT_GRPC_NAIVE, grpc.placeNaively(hot("HG")), IN_FLIGHT);
        define(Cell.HOT_GRPC_BATCH, grpc.placeBatch(hot("HB"), ORDERS_A_CALL), BATCH_CALLS_IN_FLIGHT);
        define(Cell.HOT_GRPC_BATCH_NAIVE, grpc.placeBatchNaively(hot("HB"), ORDERS_A_CALL), BATCH_CALLS_IN_FLIGHT);
        define(Cell.HOT_REST, rest.place(hot("HR")), IN_FLIGHT);
        define(Cell.HOT_REST_NAIVE, rest.placeNaively(hot("HR")), IN_FLIGHT);
        define(Cell.UNIFORM_GRPC, grpc.place(uniform("UG")), IN_FLIGHT);
        define(Cell.UNIFORM_GRPC_NAIVE, grpc.placeNaively(uniform("UG")), IN_FLIGHT);
        Sender storm = grpc.placeBatch(hot("ST"), ORDERS_A_CALL);
        Sender others = grpc.place(uniform("US"));
        cells.put(Cell.UNIFORM_GRPC_IN_STORM, duration -> besideStorm(others, storm, duration));
        define(Cell.SOLD_OUT, grpc.place(soldOut("SO")), IN_FLIGHT);
        define(Cell.SOLD_OUT_SELECT, grpc.glance(soldOut("SO")), IN_FLIGHT);
        define(Cell.IDLE, grpc.place(uniform("ID")), ALONE);
        define(Cell.IDLE_ONE_STATEMENT, grpc.placeInOneStatement(uniform("ID")), ALONE);
        cells.put(Cell.INSERT, inserts::run);
    }

    private void define(Cell cell, Sender sender, int inFlight) {
        cells.put(cell, duration -> Load.run(sender, inFlight, duration));
    }

    /** What the others see of it: of the storm's own answers only the books are told. */
    private Load.Outcome besideStorm(Sender others, Sender storm, Duration duration) {
        CompletableFuture<Load.Outcome> blowing =
                CompletableFuture.supplyAsync(() -> Load.run(storm, BATCH_CALLS_IN_FLIGHT, duration));
        Load.Outcome seen = Load.run(others, IN_FLIGHT, duration);
        books.acknowledged(Cell.UNIFORM_GRPC_IN_STORM.side(), blowing.join().placed());
        return seen;
    }

    private static OrderSource hot(String prefix) {
        return new OrderSource(prefix, Shop.hot());
    }

    private static OrderSource uniform(String prefix) {
        return new OrderSource(prefix, Shop.uniform(SEED));
    }

    private static OrderSource soldOut(String prefix) {
        return new OrderSource(prefix, Shop.soldOut());
    }

    /** Runs one cell, and takes what it acknowledged into the books. */
    Measured measure(Cell cell, Duration duration) {
        CpuTimes before = CpuTimes.now(postmaster);
        Load.Outcome outcome = cells.get(cell).apply(duration);
        CpuTimes used = CpuTimes.now(postmaster).minus(before);
        books.acknowledged(cell.side(), outcome.placed());
        return new Measured(outcome, used);
    }

    /** What the database does not hold as it was acknowledged. */
    List<String> differences() {
        return books.differences();
    }

    @Override
    public void close() {
        grpc.close();
        rest.close();
        inserts.close();
        eventLoop.shutdownGracefully();
    }
}
