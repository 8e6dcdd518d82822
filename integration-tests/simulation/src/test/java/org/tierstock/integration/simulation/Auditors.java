package org.tierstock.integration.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tierstock.dispatch.domain.DispatchBucket;
import org.tierstock.dispatch.domain.Place;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.sales.domain.StockKey;
import org.tierstock.testing.InMemoryOutbox;

/** Reconcile the layers with each other while they work, one step of it at a time. */
final class Auditors {
    private static final int MOST_UNDER_WAY = 4;

    private final World world;
    private final Purgers purgers;
    private final List<Reconciliation> underWay = new ArrayList<>();
    private int refused;

    Auditors(World world, Purgers purgers) {
        this.world = world;
        this.purgers = purgers;
    }

    void reconcile() {
        Chance chance = world.chance();
        if (underWay.size() < MOST_UNDER_WAY && chance.onceIn(3)) {
            world.say("a cut is chosen");
            underWay.add(chance.onceIn(2) ? accounts() : books(chance.any(Goods.NODES)));
        } else if (!underWay.isEmpty()) {
            Reconciliation reconciliation = chance.any(underWay);
            world.say("a position is stated");
            if (reconciliation.advance()) {
                underWay.remove(reconciliation);
                refused += reconciliation.refused() ? 1 : 0;
            }
        }
    }

    /** At rest every one of them must be empty. */
    void reconcileAll() {
        List<Reconciliation> all = new ArrayList<>(List.of(accounts()));
        Goods.NODES.forEach(node -> all.add(books(node)));
        for (Reconciliation reconciliation : all) {
            while (!reconciliation.advance()) {
                world.say("a position is stated");
            }
        }
        Map<String, Long> books = new TreeMap<>();
        Goods.NODES.forEach(node -> books.putAll(bookAtWarehouse(node)));
        world.say("at rest: accounts " + open() + ", books " + books);
    }

    /** How many were over because a purge had overtaken their cut. */
    int refused() {
        return refused;
    }

    private List<AppliedPosition> cut(List<AppliedPosition> applied, InMemoryOutbox sender) {
        return world.parts.cuts().cut(applied, sender);
    }

    /** What sales has open against what dispatch has promised. */
    Reconciliation accounts() {
        List<AppliedPosition> cut = new ArrayList<>(
                cut(world.sales.ports.watermarks().applied(Streams.DISPATCH_TO_SALES), world.dispatch.ports.outbox));
        cut.addAll(cut(world.dispatch.ports.watermarks().applied(Streams.SALES_TO_DISPATCH), world.sales.ports.outbox));
        return new Reconciliation(
                        "accounts",
                        cut,
                        side(this::open, purgers.sales, ""),
                        side(this::promised, purgers.dispatch, ""))
                .fresh();
    }

    /** What dispatch and a warehouse have in their books. */
    Reconciliation books(String node) {
        String stream = Streams.fromWarehouse(node);
        return new Reconciliation(
                        "books of " + node,
                        cut(world.dispatch.ports.watermarks().applied(stream), world.warehouses.ports.outbox),
                        side(() -> bookAtDispatch(node), purgers.dispatch, stream),
                        side(() -> bookAtWarehouse(node), purgers.warehouses, stream))
                .fresh();
    }

    private interface Balances {
        Map<String, Long> now();
    }

    /**
     * One side.
     *
     * @param stream the stream; empty for those between sales and dispatch
     */
    private Reconciliation.Side side(Balances balances, Keeper keeper, String stream) {
        return new Reconciliation.Side() {
            @Override
            public Map<String, Long> balances() {
                return balances.now();
            }

            @Override
            public List<Collection<? extends Received<?>>> messages() {
                return List.of(
                        between(keeper.inbox == null ? List.of() : keeper.inbox.received(), stream),
                        between(keeper.outbox.kept(), stream));
            }

            @Override
            public boolean tooOld(List<AppliedPosition> cut) {
                return world.parts.purgeRules().refusesOldCuts() && keeper.tooOld(cut, of -> isBetween(of, stream));
            }
        };
    }

    private static List<Received<?>> between(Collection<? extends Received<?>> messages, String stream) {
        List<Received<?>> between = new ArrayList<>();
        for (Received<?> message : messages) {
            if (isBetween(message.position().stream(), stream)) {
                between.add(message);
            }
        }
        return between;
    }

    private static boolean isBetween(String of, String stream) {
        return stream.isEmpty()
                ? of.equals(Streams.DISPATCH_TO_SALES) || of.equals(Streams.SALES_TO_DISPATCH)
                : of.equals(stream);
    }

    private Map<String, Long> open() {
        Map<String, Long> open = new TreeMap<>();
        for (StockKey key : world.sales.ports.stock.keys()) {
            open.put(key.channelKey().text(), world.sales.ports.stock.open(key.channelKey()));
        }
        return open;
    }

    private Map<String, Long> promised() {
        Map<String, Long> promised = new TreeMap<>();
        for (Place place : world.dispatch.ports.stock.places()) {
            if (place instanceof Place.Backing backing) {
                promised.merge(
                        backing.key().text(),
                        world.dispatch.ports.stock.balance(place, DispatchBucket.ALLOTTED),
                        Long::sum);
            }
        }
        return promised;
    }

    private Map<String, Long> bookAtDispatch(String node) {
        Map<String, Long> book = new TreeMap<>();
        for (Place place : world.dispatch.ports.stock.places()) {
            if (place.cell().node().node().equals(node)) {
                for (DispatchBucket bucket : DispatchBucket.values()) {
                    if (bucket.inBook()) {
                        long units = world.dispatch.ports.stock.balance(place, bucket);
                        book.merge(place.cell().text(), units, Long::sum);
                    }
                }
            }
        }
        return book;
    }

    private Map<String, Long> bookAtWarehouse(String node) {
        Map<String, Long> book = new TreeMap<>();
        world.warehouses.ports.stock.balances().forEach((key, row) -> {
            if (key.warehouse().equals(node)) {
                row.values().forEach(units -> book.merge(key.cell().text(), units, Long::sum));
            }
        });
        return book;
    }
}
