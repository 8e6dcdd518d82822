package org.tierstock.dispatch.domain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.tierstock.movements.Action;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.DocumentKind;
import org.tierstock.movements.NodeKey;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.ToDispatch.HandOver;

/**
 * Finds the nodes that ship an order (S36, S38; protocol 4 and 11.2).
 *
 * <p>The order is looked at as a whole: a warehouse that can serve more of its lines entirely comes first, since fewest
 * splits mean fewest parcels. Then each line takes, node by node, its own backing, free stock against backing elsewhere,
 * and other keys' goods where those keys can be backed elsewhere. What is left is short. A hand-over is never refused.
 */
public final class Sourcing {
    /**
     * A line with the nodes that ship it. What they do not cover is short.
     *
     * @param allocations units per node, in the order they were found
     */
    public record Sourced(HandOver handOver, LineNumber number, List<Allocation> allocations) {
        public Sourced {
            Objects.requireNonNull(handOver, "handOver");
            allocations = List.copyOf(allocations);
        }

        /** What its nodes ship. */
        public long allocated() {
            return allocations.stream().mapToLong(Allocation::quantity).sum();
        }
    }

    /** Units that one node ships. */
    public record Allocation(NodeKey node, long quantity) {}

    private final Rules rules;
    private final Function<Sku, StockOfSku> stock;

    /** Sources on the locked stock, by the rules in force. */
    public Sourcing(Rules rules, Function<Sku, StockOfSku> stock) {
        this.rules = rules;
        this.stock = stock;
    }

    /** Sources the lines of one order; each quantity leaves its key's account. */
    public List<Sourced> source(List<HandOver> lines) {
        Map<String, Long> served = new HashMap<>();
        for (HandOver line : lines) {
            fits(line).forEach((warehouse, units) -> {
                if (units >= line.quantity()) {
                    served.merge(warehouse, 1L, Long::sum);
                }
            });
        }
        List<Sourced> sourced = new ArrayList<>(lines.size());
        for (HandOver line : lines) {
            Comparator<NodeKey> order = Comparator.comparing(
                            (NodeKey node) -> -served.getOrDefault(rules.warehouseOf(node), 0L))
                    .thenComparing(rules.preference(line.shipRegion()));
            sourced.add(new OneLine(line).source(order));
        }
        return sourced;
    }

    /** Takes a line over without looking for nodes: its quantity leaves the key's account, and all of it is short. */
    public Sourced leaveShort(HandOver line) {
        return new OneLine(line).source(List.of());
    }

    private Map<String, Long> fits(HandOver line) {
        StockOfSku goods = stock.apply(line.key().sku());
        Map<String, Long> fits = new HashMap<>();
        for (NodeKey node : goods.nodes()) {
            if (rules.serves(node, line.key())) {
                long units =
                        Math.min(goods.free(node) + goods.allotted(node, line.key()), Math.max(0, goods.room(node)));
                fits.merge(rules.warehouseOf(node), units, Long::sum);
            }
        }
        return fits;
    }

    private final class OneLine {
        private final HandOver line;
        private final LineNumber number;
        private final ChannelKey key;
        private final StockOfSku goods;
        private final Reason lock;
        private final Reason allot;
        private final List<Allocation> found = new ArrayList<>();

        OneLine(HandOver line) {
            this.line = line;
            this.number = new LineNumber(line.order(), line.orderLine());
            this.key = line.key();
            this.goods = stock.apply(key.sku());
            this.lock = new Reason(Action.LOCK, number.as(DocumentKind.DISPATCH_ORDER), line);
            this.allot = lock.as(Action.ALLOT);
        }

        Sourced source(Comparator<NodeKey> order) {
            return source(goods.nodes().stream()
                    .filter(node -> rules.serves(node, key))
                    .sorted(order)
                    .toList());
        }

        Sourced source(List<NodeKey> eligible) {
            if (goods.account(key) < line.quantity()) {
                throw new IllegalStateException(
                        "The account of " + key + " is smaller than the hand-over of " + number);
            }
            long need = line.quantity();
            for (NodeKey node : eligible) {
                long here = takeOwn(node, need);
                here += takeFree(node, need - here);
                here += takeOthers(node, need - here);
                if (here > 0) {
                    found.add(new Allocation(node, here));
                    need -= here;
                }
            }
            giveUp(need);
            return new Sourced(line, number, found);
        }

        private long takeOwn(NodeKey node, long need) {
            long own = Math.min(need, Math.min(goods.allotted(node, key), Math.max(0, goods.room(node))));
            goods.allocateBacking(node, key, own, lock);
            return own;
        }

        private long takeFree(NodeKey node, long need) {
            long free = Math.min(need, goods.free(node));
            goods.allocateFree(node, free, lock);
            giveUp(free);
            return free;
        }

        /** Another key's goods here, when that key can be backed where this one is. Nodes with a deficit stay as they are. */
        private long takeOthers(NodeKey node, long need) {
            long taken = 0;
            if (need == 0 || goods.deficit(node) != 0) {
                return 0;
            }
            for (ChannelKey other : List.copyOf(goods.keysAt(node))) {
                if (other.equals(key)) {
                    continue;
                }
                for (NodeKey backer : goods.backers(key)) {
                    if (backer.equals(node) || goods.deficit(backer) != 0 || !rules.serves(backer, other)) {
                        continue;
                    }
                    long units =
                            Math.min(need - taken, Math.min(goods.allotted(node, other), goods.allotted(backer, key)));
                    goods.allocateBacking(node, other, units, lock);
                    if (units > 0) {
                        goods.swap(key, backer, other, units, allot);
                    }
                    taken += units;
                }
            }
            return taken;
        }

        /** The key's account shrinks by units that come from elsewhere, or from nowhere yet. */
        private void giveUp(long quantity) {
            long left = quantity;
            for (NodeKey backer : goods.backers(key)) {
                long units = Math.min(left, goods.allotted(backer, key));
                goods.giveUp(backer, key, units, allot);
                left -= units;
            }
        }
    }
}
