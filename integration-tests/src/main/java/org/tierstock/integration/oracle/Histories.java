package org.tierstock.integration.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.tierstock.integration.load.LayerClient;
import org.tierstock.integration.load.Layers;
import org.tierstock.integration.load.OneSku;
import org.tierstock.integration.load.Traffic;
import org.tierstock.local.Layer;
import org.tierstock.local.LocalPlatform;
import org.tierstock.local.Role;
import org.tierstock.local.Scopes;

/** Makes histories at a running platform, each with a key of its own: 16 to 64 clients, and goods that arrive meanwhile. */
final class Histories {
    private static final int FEWEST_CLIENTS = 16;
    private static final int MOST_CLIENTS = 64;

    /** Units that are there at the beginning, and that come at once later: sold out now and then, never for long. */
    private static final int OPENING_UNITS = 120;

    private static final int FEWEST_UNITS = 10;
    private static final int MOST_UNITS = 60;
    private static final long SUPPLY_EVERY_MILLIS = 120;

    private final LocalPlatform platform;
    private final Layers layers;
    private final OneSku shop;
    private final String token;

    /**
     * Histories whose documents and SKUs have this name.
     *
     * @param name not used before on this platform
     */
    Histories(LocalPlatform platform, String name) {
        this.platform = platform;
        this.layers = Layers.of(platform);
        this.shop = OneSku.named(name);
        this.token = platform.token(Role.CHANNEL, Scopes.ALL);
        shop.open(layers);
    }

    /**
     * A history as it was.
     *
     * @param operations in no order
     * @param ledger in the order of the postings, without the opening stock
     */
    record History(int clients, List<Operation> operations, List<Posting> ledger) {
        Optional<String> violation() {
            return Check.violation(operations, OPENING_UNITS, ledger);
        }

        long answered(int status) {
            return operations.stream()
                    .filter(operation ->
                            operation.answer() != null && operation.answer().status() == status)
                    .count();
        }
    }

    /** Makes one history of so many operations; what is asked follows from the seed, who is quicker does not. */
    History make(long seed, int operations) {
        String name = shop.sku() + '-' + Long.toHexString(seed);
        OneSku sold = shop.sibling(name);
        Key key = new Key(sold, platform.database(Layer.SALES));
        sold.openSku(layers);
        sold.receive(layers, name + "-R0", OPENING_UNITS);
        sold.awaitSellable(layers, OPENING_UNITS);
        int opening = key.ledger().size();
        Chance chance = new Chance(seed, name);
        int clients = chance.between(FEWEST_CLIENTS, MOST_CLIENTS);
        AtomicInteger left = new AtomicInteger(operations);
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> supply = threads.submit(() -> supply(sold, seed, over));
            List<Future<List<Operation>>> done = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                int number = client;
                done.add(threads.submit(() -> client(number, key, chance, left)));
            }
            List<Operation> all = new ArrayList<>();
            for (Future<List<Operation>> each : done) {
                all.addAll(result(each));
            }
            over.set(true);
            result(supply);
            List<Posting> ledger = key.ledger();
            return new History(clients, all, ledger.subList(opening, ledger.size()));
        }
    }

    private List<Operation> client(int number, Key key, Chance chance, AtomicInteger left) {
        Traffic traffic = new Traffic();
        LayerClient sales = new LayerClient(platform.urls(Layer.SALES), token, traffic);
        List<Operation> done = new ArrayList<>();
        while (left.getAndDecrement() > 0) {
            Request request = chance.next();
            long repetitions = traffic.repetitions();
            long begun = System.nanoTime();
            Answer answer = key.ask(sales, request);
            long ended = System.nanoTime();
            done.add(new Operation(number, request, begun, ended, answer, traffic.repetitions() > repetitions));
        }
        return done;
    }

    private void supply(OneSku sold, long seed, AtomicBoolean over) {
        Chance chance = new Chance(~seed, "");
        for (int receipt = 1; !over.get(); receipt++) {
            try {
                Thread.sleep(SUPPLY_EVERY_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OracleFailure("interrupted", e);
            }
            sold.receive(layers, sold.sku() + "-R" + receipt, chance.between(FEWEST_UNITS, MOST_UNITS));
        }
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new OracleFailure("A client cannot go on", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OracleFailure("interrupted", e);
        }
    }
}
