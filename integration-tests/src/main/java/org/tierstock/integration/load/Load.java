package org.tierstock.integration.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.tierstock.local.LocalPlatform;

/** Customers and warehouse hands at work on a running platform, until they are told to stop or to rest. */
public final class Load implements AutoCloseable {
    /** Of a marketplace. */
    private static final int ORDERS_AT_ONCE = 20;

    private static final int MOST_READINGS = 5;

    private final Market market;
    private final Layers layers;
    private final Acknowledged acknowledged = new Acknowledged();
    private final List<WarehouseHand> hands = new ArrayList<>();
    private final List<Customer> customers = new ArrayList<>();
    private final List<Runnable> clients = new ArrayList<>();
    private final List<GrpcBatchDesk> connections = new ArrayList<>();
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
        clients.addAll(hands);
        Customer.Habit oneByOne = new Customer.Habit(new RestDesk(layers.platform()), 1, settings.pause());
        for (int i = 1; i <= settings.customers(); i++) {
            customers.add(customer("C" + i, oneByOne, settings));
        }
        for (int i = 1; i <= settings.marketplaces(); i++) {
            customers.add(customer("M" + i, marketplace(i, settings), settings));
        }
        clients.addAll(customers);
        goOn();
    }

    private Customer customer(String name, Customer.Habit habit, LoadSettings settings) {
        return new Customer(name, habit, settings.seed(), market, acknowledged, () -> wanted);
    }

    private Customer.Habit marketplace(int number, LoadSettings settings) {
        OrderDesk desk;
        if (number % 2 == 0) {
            desk = new RestBatchDesk(layers.platform());
        } else {
            GrpcBatchDesk grpc = new GrpcBatchDesk(layers.orderService(), layers.traffic());
            connections.add(grpc);
            desk = grpc;
        }
        return new Customer.Habit(desk, ORDERS_AT_ONCE, settings.marketplacePause());
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
            failIfOneHas();
            LayerClient.sleep(Drain.BETWEEN_LOOKS);
        }
    }

    /** @throws LoadFailure when a client has failed */
    public void failIfOneHas() {
        working.stream().filter(Future::isDone).forEach(Load::join);
    }

    /** Sets the clients to work; does nothing while they are. */
    public void goOn() {
        if (working.isEmpty()) {
            wanted = true;
            clients.forEach(client -> working.add(threads.submit(client)));
        }
    }

    /**
     * Stops the clients until they {@link #goOn}. Returns when each has finished what it had begun.
     *
     * @throws LoadFailure when a client has failed
     */
    public void pause() {
        wanted = false;
        working.forEach(Load::join);
        working.clear();
    }

    /**
     * {@link #pause}s the clients, has each send all its documents again, and sets them to work.
     *
     * @throws LoadFailure when a client has failed
     */
    public void repeatDocuments() {
        pause();
        customers.forEach(customer -> working.add(threads.submit(customer::repeatDocuments)));
        hands.forEach(hand -> working.add(threads.submit(hand::repeatDocuments)));
        pause();
        goOn();
    }

    /**
     * {@link #pause}s the clients, and returns when all messages are applied and what is locked is shipped.
     *
     * @throws LoadFailure when a client has failed, or the layers do not come to rest
     */
    public void rest() {
        pause();
        Drain drain = Drain.of(layers);
        do {
            drain.await();
        } while (hands.parallelStream().mapToInt(WarehouseHand::ship).sum() > 0);
        acknowledged.settleDoubts(order -> layers.sales()
                .get("/v1/orders/" + LayerClient.encoded(order.number()))
                .done());
    }

    /**
     * Ends the load: after a rest, and when what was not paid in time has expired, compares what clients were told with
     * the books.
     *
     * @return what does not hold; empty when all is well
     * @throws LoadFailure when a client has failed, or the layers do not come to rest
     */
    public List<String> finish() {
        rest();
        Drain drain = Drain.of(layers);
        drain.awaitExpiries(market);
        drain.await();
        Findings findings = new Findings();
        new Invariants(market, layers, acknowledged, findings).check();
        return findings.sentences();
    }

    /**
     * Compares what clients were told with the books while the clients {@link #rest}. A job that asks again from time to time
     * may write a message meanwhile: then what was read at different moments says nothing, and is read again after a rest.
     *
     * @return what does not hold; empty when all is well
     * @throws LoadFailure when the layers do not come to rest again
     */
    public List<String> check(LocalPlatform platform) {
        return check(platform, "");
    }

    /**
     * As {@link #check(LocalPlatform)}, on databases in which more is kept than this load has done.
     *
     * @param kept how the names of all begin that was there before; empty when nothing was
     */
    public List<String> check(LocalPlatform platform, String kept) {
        for (int reading = 1; ; reading++) {
            Map<String, String> before = DatabaseInvariants.heads(platform);
            Findings findings = new Findings();
            new Invariants(market, layers, acknowledged, findings).checkBooks();
            new DatabaseInvariants(platform, kept, market, acknowledged, findings).check();
            List<String> sentences = findings.sentences();
            if (sentences.isEmpty()
                    || reading == MOST_READINGS
                    || DatabaseInvariants.heads(platform).equals(before)) {
                return sentences;
            }
            Drain.of(layers).await();
        }
    }

    /** Ends the clients at once. */
    @Override
    public void close() {
        wanted = false;
        threads.shutdownNow();
        connections.forEach(GrpcBatchDesk::close);
    }

    /** @throws LoadFailure when it has failed */
    static void join(Future<?> client) {
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
