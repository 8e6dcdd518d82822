package org.tierstock.local.demo;

import static java.util.stream.Collectors.toMap;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.tierstock.local.Layer;
import org.tierstock.local.LocalPlatform;
import org.tierstock.local.Role;
import org.tierstock.local.Scopes;
import org.tierstock.local.demo.Operations.Place;
import org.tierstock.local.demo.Operations.Streams;

/** The three layers as the demo meets them, and what can be seen of the messages between them. */
final class Layers {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long LOOK_MILLIS = 100;

    private final SalesClient sales;
    private final DispatchClient dispatch;
    private final WarehouseClient warehouse;
    private final Map<String, Operations> operations;

    /** The layers; {@code operations} has one entry a layer, by its name. */
    Layers(SalesClient sales, DispatchClient dispatch, WarehouseClient warehouse, Map<String, Operations> operations) {
        this.sales = sales;
        this.dispatch = dispatch;
        this.warehouse = warehouse;
        this.operations = Map.copyOf(operations);
    }

    /** The layers of a platform, each met with the roles that its users would have. */
    static Layers of(LocalPlatform platform) {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        BiFunction<Layer, Role, Api> as =
                (layer, role) -> new Api(layer.code(), http, platform.urls(layer), platform.token(role, Scopes.ALL));
        return new Layers(
                new SalesClient(
                        as.apply(Layer.SALES, Role.OPERATOR),
                        as.apply(Layer.SALES, Role.CHANNEL),
                        as.apply(Layer.SALES, Role.AUDITOR)),
                new DispatchClient(as.apply(Layer.DISPATCH, Role.OPERATOR)),
                new WarehouseClient(as.apply(Layer.WAREHOUSE, Role.OPERATOR), as.apply(Layer.WAREHOUSE, Role.WMS)),
                Stream.of(Layer.values())
                        .collect(toMap(Layer::code, layer -> new Operations(as.apply(layer, Role.OPERATOR)))));
    }

    SalesClient sales() {
        return sales;
    }

    DispatchClient dispatch() {
        return dispatch;
    }

    WarehouseClient warehouse() {
        return warehouse;
    }

    Map<String, Operations> operations() {
        return operations;
    }

    /**
     * Returns when every message that was written has been sent and applied.
     *
     * @throws DemoFailure when that takes longer than three minutes without any progress
     */
    void awaitApplied() {
        long waiting = Long.MAX_VALUE;
        long since = System.nanoTime();
        for (long now = waiting(); now > 0; now = waiting()) {
            if (now != waiting) {
                waiting = now;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > PATIENCE.toNanos()) {
                throw new DemoFailure(now + " messages wait and are not applied");
            }
            sleep();
        }
    }

    /** True when dispatch has nothing allocated and no loss that has not found its promise. */
    boolean settled() {
        Map<String, Long> totals = dispatch.stock().totals();
        return totals.getOrDefault("allocated", 0L) == 0
                && sales.stock().totals().getOrDefault("locked", 0L) == 0;
    }

    long parked() {
        return operations.values().stream().mapToLong(o -> o.streams().parked()).sum();
    }

    /** Messages written and not applied by their receivers. Senders are asked first, so none is overlooked. */
    private long waiting() {
        List<Streams> seen =
                operations.values().stream().map(Operations::streams).toList();
        Map<Place, Long> applied = new HashMap<>();
        Stream.concat(seen.stream(), operations.values().stream().map(Operations::streams))
                .forEach(streams -> applied.putAll(streams.applied()));
        long waiting = 0;
        for (Streams streams : seen) {
            waiting += streams.unsent();
            for (Map.Entry<Place, Long> head : streams.heads().entrySet()) {
                waiting += Math.max(0, head.getValue() - applied.getOrDefault(head.getKey(), 0L));
            }
        }
        return waiting;
    }

    private static void sleep() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted", e);
        }
    }
}
