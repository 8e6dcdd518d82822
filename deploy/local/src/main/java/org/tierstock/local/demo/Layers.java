package org.tierstock.local.demo;

import static java.util.stream.Collectors.toMap;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
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
    private static final long LOOK_MILLIS = 500;

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
     * Waits until every message that was written has been sent and applied.
     *
     * @return how many messages were ever written: the same number again means that nothing has happened since
     * @throws DemoFailure when there is no progress for three minutes
     */
    long awaitApplied() {
        long waiting = Long.MAX_VALUE;
        long since = System.nanoTime();
        for (Traffic now = traffic(); ; now = traffic()) {
            if (now.waiting() == 0) {
                return now.written();
            } else if (now.waiting() != waiting) {
                waiting = now.waiting();
                since = System.nanoTime();
            } else if (System.nanoTime() - since > PATIENCE.toNanos()) {
                throw new DemoFailure(waiting + " messages wait and are not applied: " + now.where() + ". Parked are "
                        + parked() + ", see GET /v1/parked-messages");
            }
            pause();
        }
    }

    /** True when dispatch has nothing to ship or to cover, and no order waits for its payment. */
    boolean settled() {
        return !dispatch.hasOpenOrders() && sales.stock().totals().getOrDefault("locked", 0L) == 0;
    }

    long parked() {
        return operations.values().stream().mapToLong(o -> o.streams().parked()).sum();
    }

    /** What is under way, and in which streams behind which number. */
    private record Traffic(long written, long waiting, String where) {}

    /** Messages written, and those not applied by their receivers. Senders are asked first, so none is overlooked. */
    private Traffic traffic() {
        List<Streams> seen =
                operations.values().stream().map(Operations::streams).toList();
        Map<Place, Long> applied = new HashMap<>();
        operations.values().forEach(layer -> applied.putAll(layer.streams().applied()));
        long written = 0;
        long waiting = 0;
        List<String> where = new ArrayList<>();
        for (Streams streams : seen) {
            waiting += streams.unsent();
            for (Map.Entry<Place, Long> head : streams.heads().entrySet()) {
                Place place = head.getKey();
                long contiguous = applied.getOrDefault(place, 0L);
                written += head.getValue();
                if (head.getValue() > contiguous) {
                    waiting += head.getValue() - contiguous;
                    where.add(place.stream() + "/" + place.partition() + " " + contiguous + " of " + head.getValue());
                }
            }
        }
        return new Traffic(written, waiting, String.join(", ", where));
    }

    static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted", e);
        }
    }
}
