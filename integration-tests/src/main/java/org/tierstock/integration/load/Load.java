package org.tierstock.integration.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Customers and warehouse hands at work on a running platform, until they are told to stop. */
public final class Load implements AutoCloseable {
    private final Market market;
    private final Layers layers;
    private final Acknowledged acknowledged = new Acknowledged();
    private final List<WarehouseHand> hands = new ArrayList<>();
    private final List<Future<?>> working = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean wanted = true;

    private Load(LoadSettings settings, Layers layers) {
        this.market = new Market(settings);
        this.layers = layers;
        market.open(layers);
        market.stock(layers, acknowledged);
        Drain.of(layers).await();
        for (int i = 0; i < market.warehouses().size(); i++) {
            hands.add(new WarehouseHand(i, settings, market, layers, acknowledged, () -> wanted));
        }
        hands.forEach(hand -> working.add(threads.submit(hand)));
        for (int i = 1; i <= settings.customers(); i++) {
            working.add(
                    threads.submit(new Customer(i, settings, market, layers.platform(), acknowledged, () -> wanted)));
        }
    }

    /** Opens a market with stock, and sets the customers and hands to work. Returns when the first of them have begun. */
    public static Load start(LoadSettings settings, Layers layers) {
        return new Load(settings, layers);
    }

    /** What the clients have been told so far. */
    public Acknowledged acknowledged() {
        return acknowledged;
    }

    /**
     * Returns when so many orders have been placed.
     *
     * @throws LoadFailure when a client has failed before
     */
    public void awaitOrders(int orders) {
        while (acknowledged.orders() < orders) {
            working.stream().filter(Future::isDone).forEach(Load::join);
            LayerClient.sleep(Drain.BETWEEN_LOOKS);
        }
    }

    /**
     * Ends the load: every client finishes what it has begun, all messages are applied, and what is still locked is
     * shipped.
     *
     * @return what does not hold; empty when all is well
     * @throws LoadFailure when a client has failed, or the layers do not come to rest
     */
    public List<String> finish() {
        wanted = false;
        working.forEach(Load::join);
        Drain drain = Drain.of(layers);
        do {
            drain.await();
        } while (hands.stream().mapToInt(WarehouseHand::ship).sum() > 0);
        drain.awaitExpiries(market);
        drain.await();
        return new Invariants(market, layers, acknowledged).findings();
    }

    /** Ends the clients at once. */
    @Override
    public void close() {
        wanted = false;
        threads.shutdownNow();
    }

    private static void join(Future<?> client) {
        try {
            client.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadFailure("interrupted", e);
        } catch (ExecutionException e) {
            throw new LoadFailure("a client failed: " + e.getCause().getMessage(), e.getCause());
        }
    }
}
