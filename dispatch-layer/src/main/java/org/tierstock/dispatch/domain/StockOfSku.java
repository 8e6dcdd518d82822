package org.tierstock.dispatch.domain;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.tierstock.movements.Book;
import org.tierstock.movements.Cell;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.Movement;
import org.tierstock.movements.NodeKey;
import org.tierstock.movements.Sku;

/**
 * The book of one SKU: its cells at all nodes, the backing of its channel keys, and what warehouses refused of it.
 *
 * <p>Two primitives carry every gain or loss of available stock: {@link #put} repays a deficit before it frees anything,
 * {@link #take} never touches what is promised or allocated. Hence free stock means that there is no deficit.
 *
 * <p>Complete for its SKU: a row that was not loaded is zero. Not thread-safe: it belongs to one transaction, which holds
 * the SKU's head row.
 */
public final class StockOfSku {
    private final Sku sku;
    private final Book<Place, DispatchBucket> book;
    private final NavigableSet<NodeKey> nodes = new TreeSet<>();
    private final Map<NodeKey, NavigableSet<ChannelKey>> keysOf = new HashMap<>();
    private final NavigableSet<ChannelKey> keys = new TreeSet<>();
    private final Map<String, Refusal> refusals = new LinkedHashMap<>();
    private final Set<String> changedRefusals = new LinkedHashSet<>();
    private final Map<Place.Backing, Tally> tallies = new HashMap<>();
    private final Set<Place.Backing> changedTallies = new LinkedHashSet<>();

    /**
     * Begins with no rows.
     *
     * @param book where it posts; the SKUs of one transaction share it
     */
    public StockOfSku(Sku sku, Book<Place, DispatchBucket> book) {
        this.sku = Objects.requireNonNull(sku, "sku");
        this.book = Objects.requireNonNull(book, "book");
    }

    // ---- what the store knows

    /** Adds a balance of a cell's own row, as stored. */
    public void open(NodeKey node, DispatchBucket bucket, long balance) {
        nodes.add(node);
        book.open(own(node), bucket, balance);
    }

    /** Adds the backing of a key at a node, as stored. */
    public void open(NodeKey node, ChannelKey key, long allotted, Tally tally) {
        Place.Backing place = backing(node, key);
        remember(node, key);
        book.open(place, DispatchBucket.ALLOTTED, allotted);
        tallies.put(place, tally);
    }

    /** Adds a refusal that still keeps units back, as stored. Oldest first. */
    public void open(Refusal refusal) {
        refusals.put(refusal.outbound(), refusal);
    }

    // ---- what it holds

    /** The SKU. */
    public Sku sku() {
        return sku;
    }

    /** The nodes that have a row, in key order. */
    public NavigableSet<NodeKey> nodes() {
        return Collections.unmodifiableNavigableSet(nodes);
    }

    /** The channel keys that have a row at any node, in key order. */
    public NavigableSet<ChannelKey> keys() {
        return Collections.unmodifiableNavigableSet(keys);
    }

    /** The channel keys that have a row at the node, in key order. */
    public NavigableSet<ChannelKey> keysAt(NodeKey node) {
        return Collections.unmodifiableNavigableSet(keysOf.getOrDefault(node, Collections.emptyNavigableSet()));
    }

    /** The refusals that changed or were added. */
    public List<Refusal> changedRefusals() {
        return changedRefusals.stream().map(refusals::get).toList();
    }

    /** All refusals, oldest first. */
    public Collection<Refusal> refusals() {
        return Collections.unmodifiableCollection(refusals.values());
    }

    /** The tallies that changed. */
    public Map<Place.Backing, Tally> changedTallies() {
        Map<Place.Backing, Tally> changed = new LinkedHashMap<>();
        for (Place.Backing place : changedTallies) {
            changed.put(place, tallies.get(place));
        }
        return changed;
    }

    /** A balance of a cell's own row. */
    public long balance(NodeKey node, DispatchBucket bucket) {
        return book.balance(own(node), bucket);
    }

    /** FREE of the node. */
    public long free(NodeKey node) {
        return balance(node, DispatchBucket.FREE);
    }

    /** FREE of all nodes. */
    public long free() {
        return nodes.stream().mapToLong(this::free).sum();
    }

    /** DEFICIT of the node, zero or below. */
    public long deficit(NodeKey node) {
        return balance(node, DispatchBucket.DEFICIT);
    }

    /** True when any node has a deficit. */
    public boolean hasDeficit() {
        return nodes.stream().anyMatch(node -> deficit(node) < 0);
    }

    /** What of the node's goods backs the promise to the key. */
    public long allotted(NodeKey node, ChannelKey key) {
        return book.balance(backing(node, key), DispatchBucket.ALLOTTED);
    }

    /** What of the node's goods backs any promise. */
    public long allotted(NodeKey node) {
        return keysAt(node).stream().mapToLong(key -> allotted(node, key)).sum();
    }

    /** The account of a key: what it has been promised and has neither given back nor handed over. */
    public long account(ChannelKey key) {
        return nodes.stream().mapToLong(node -> allotted(node, key)).sum();
    }

    /** What the node could still ship at all: FREE + ALLOTTED of all keys + DEFICIT. Below zero in the worst deficit. */
    public long room(NodeKey node) {
        return free(node) + allotted(node) + deficit(node);
    }

    /** The nodes that back the key, those with a deficit first: the order in which backing is given up. */
    public List<NodeKey> backers(ChannelKey key) {
        return nodes.stream()
                .filter(node -> allotted(node, key) > 0)
                .sorted(Comparator.comparing((NodeKey node) -> deficit(node) == 0)
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** What the rules have granted from the node to the key. */
    public Tally tally(NodeKey node, ChannelKey key) {
        return tallies.getOrDefault(backing(node, key), Tally.NONE);
    }

    // ---- receipts, losses, changes

    /** Goods arrive: good ones become available, bad ones unsellable. */
    public void receive(NodeKey node, long good, long bad, Reason reason) {
        put(node, good, null, DispatchBucket.EXTERNAL, reason);
        putUnsellable(node, bad, reason);
    }

    /** Available and unsellable stock gain or lose, each by its own delta (protocol 11.1). */
    public void change(NodeKey node, long available, long unsellable, Reason reason) {
        if (available > 0) {
            put(node, available, null, DispatchBucket.EXTERNAL, reason);
        } else {
            take(node, -available, reason);
        }
        if (unsellable > 0) {
            putUnsellable(node, unsellable, reason);
        } else {
            takeUnsellable(node, -unsellable, reason);
        }
    }

    /** Units come to a node from the given bucket: its deficit is repaid first, the rest is free. */
    private void put(NodeKey node, long quantity, Place from, DispatchBucket bucket, Reason reason) {
        long repaid = Math.min(quantity, -deficit(node));
        move(from, bucket, own(node), DispatchBucket.DEFICIT, repaid, reason);
        move(from, bucket, own(node), DispatchBucket.FREE, quantity - repaid, reason);
    }

    /** Units leave a node's available stock: first what a refusal keeps back, then free stock, the rest is a deficit. */
    private void take(NodeKey node, long quantity, Reason reason) {
        long rest = quantity;
        for (Refusal refusal : List.copyOf(refusals.values())) {
            if (refusal.node().equals(node)) {
                long kept = Math.min(rest, refusal.held());
                move(own(node), DispatchBucket.HELD, null, DispatchBucket.EXTERNAL, kept, reason);
                keep(refusal, kept);
                rest -= kept;
            }
        }
        long freed = Math.min(rest, free(node));
        move(own(node), DispatchBucket.FREE, null, DispatchBucket.EXTERNAL, freed, reason);
        move(own(node), DispatchBucket.DEFICIT, null, DispatchBucket.EXTERNAL, rest - freed, reason);
    }

    private void putUnsellable(NodeKey node, long quantity, Reason reason) {
        long repaid = Math.min(quantity, -balance(node, DispatchBucket.UNSELLABLE_DEFICIT));
        move(null, DispatchBucket.EXTERNAL, own(node), DispatchBucket.UNSELLABLE_DEFICIT, repaid, reason);
        move(null, DispatchBucket.EXTERNAL, own(node), DispatchBucket.UNSELLABLE, quantity - repaid, reason);
    }

    private void takeUnsellable(NodeKey node, long quantity, Reason reason) {
        long taken = Math.min(quantity, balance(node, DispatchBucket.UNSELLABLE));
        move(own(node), DispatchBucket.UNSELLABLE, null, DispatchBucket.EXTERNAL, taken, reason);
        move(own(node), DispatchBucket.UNSELLABLE_DEFICIT, null, DispatchBucket.EXTERNAL, quantity - taken, reason);
    }

    // ---- promises and their backing

    /** Free stock becomes the backing of a key. */
    public void grant(NodeKey node, ChannelKey key, long quantity, Reason reason) {
        move(own(node), DispatchBucket.FREE, backing(node, key), DispatchBucket.ALLOTTED, quantity, reason);
    }

    /**
     * A promise that sales knows of and this book has lost is made again: from free stock, the rest as a deficit, which says
     * that the goods are still to be found.
     */
    public void promiseAgain(NodeKey node, ChannelKey key, long quantity, Reason reason) {
        long freed = Math.min(quantity, free(node));
        grant(node, key, freed, reason);
        move(own(node), DispatchBucket.DEFICIT, backing(node, key), DispatchBucket.ALLOTTED, quantity - freed, reason);
    }

    /** Notes that a rule granted a quantity. */
    public void tally(NodeKey node, ChannelKey key, String rule, long quantity) {
        Place.Backing place = backing(node, key);
        tallies.merge(place, Tally.NONE.plus(rule, quantity), (before, added) -> before.plus(rule, quantity));
        changedTallies.add(place);
    }

    /** A key gives up backing: the node's deficit is repaid first, the rest is free. */
    public void giveUp(NodeKey node, ChannelKey key, long quantity, Reason reason) {
        put(node, quantity, backing(node, key), DispatchBucket.ALLOTTED, reason);
    }

    /** Backing of a key moves to another node's free stock; its account stays. */
    public void exchange(ChannelKey key, NodeKey from, NodeKey to, long quantity, Reason reason) {
        grant(to, key, quantity, reason);
        giveUp(from, key, quantity, reason);
    }

    /** Two keys change places, so that the second one's goods at {@code node} may serve the first: backing at {@code other}. */
    void swap(ChannelKey key, NodeKey other, ChannelKey second, long quantity, Reason reason) {
        move(
                backing(other, key),
                DispatchBucket.ALLOTTED,
                backing(other, second),
                DispatchBucket.ALLOTTED,
                quantity,
                reason);
    }

    // ---- allocation and what becomes of it

    /** Backing of a key is allocated to its order. */
    void allocateBacking(NodeKey node, ChannelKey key, long quantity, Reason reason) {
        move(backing(node, key), DispatchBucket.ALLOTTED, own(node), DispatchBucket.ALLOCATED, quantity, reason);
    }

    /** Free stock is allocated to an order. */
    public void allocateFree(NodeKey node, long quantity, Reason reason) {
        move(own(node), DispatchBucket.FREE, own(node), DispatchBucket.ALLOCATED, quantity, reason);
    }

    /** Goods that a warehouse holds for an order and this book has lost sight of: from free stock, the rest as a deficit. */
    public void allocateAgain(NodeKey node, long quantity, Reason reason) {
        long freed = Math.min(quantity, free(node));
        allocateFree(node, freed, reason);
        move(own(node), DispatchBucket.DEFICIT, own(node), DispatchBucket.ALLOCATED, quantity - freed, reason);
    }

    /** Allocated goods leave: shipped, or lost from their lock. */
    public void leave(NodeKey node, long quantity, Reason reason) {
        move(own(node), DispatchBucket.ALLOCATED, null, DispatchBucket.EXTERNAL, quantity, reason);
    }

    /** Allocated goods are released: the node's deficit is repaid first, the rest is free. */
    public void release(NodeKey node, long quantity, Reason reason) {
        put(node, quantity, own(node), DispatchBucket.ALLOCATED, reason);
    }

    /** Allocated goods that the warehouse refused are kept back until the number that explains it has been applied. */
    public void keepBack(Refusal refusal, Reason reason) {
        Place.Node own = own(refusal.node());
        move(own, DispatchBucket.ALLOCATED, own, DispatchBucket.HELD, refusal.held(), reason);
        refusals.put(refusal.outbound(), refusal);
        changedRefusals.add(refusal.outbound());
    }

    /** What is still kept back of a refusal becomes available. */
    public void endRefusal(Refusal refusal, Reason reason) {
        put(refusal.node(), refusal.held(), own(refusal.node()), DispatchBucket.HELD, reason);
        keep(refusal, refusal.held());
    }

    private void keep(Refusal refusal, long quantity) {
        if (quantity > 0) {
            refusals.put(refusal.outbound(), refusal.less(quantity));
            changedRefusals.add(refusal.outbound());
        }
    }

    // ---- posting

    private void move(
            Place from, DispatchBucket fromBucket, Place to, DispatchBucket toBucket, long quantity, Reason reason) {
        if (quantity == 0) {
            return;
        }
        know(from);
        know(to);
        book.post(
                new Movement<>(reason.action(), from, fromBucket, to, toBucket, quantity, reason.because()),
                reason.message());
    }

    private void know(Place place) {
        if (place == null || book.knows(place)) {
            return;
        }
        switch (place) {
            case Place.Node own -> nodes.add(own.cell().node());
            case Place.Backing backing -> remember(backing.cell().node(), backing.key());
        }
        book.open(place);
    }

    private void remember(NodeKey node, ChannelKey key) {
        keysOf.computeIfAbsent(node, n -> new TreeSet<>()).add(key);
        keys.add(key);
    }

    private Place.Node own(NodeKey node) {
        return new Place.Node(new Cell(node, sku));
    }

    private Place.Backing backing(NodeKey node, ChannelKey key) {
        return new Place.Backing(new Cell(node, sku), key);
    }
}
