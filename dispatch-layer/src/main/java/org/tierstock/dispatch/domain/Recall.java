package org.tierstock.dispatch.domain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.NodeKey;

/**
 * Decides which promises to ask back (deficit and region job, protocol 4). A key with a revocation pending is passed by; what
 * sales could not give is asked again later, when stock may have come free.
 */
public final class Recall {
    private final Rules rules;
    private final Supplier<String> numbers;

    /** Recalls by the rules in force, under the given revocation numbers. */
    public Recall(Rules rules, Supplier<String> numbers) {
        this.rules = rules;
        this.numbers = numbers;
    }

    /** For every node with a deficit: promises that it backs, as far as the deficit goes. */
    public List<Revocation> forDeficits(StockOfSku goods, List<Revocation> pending) {
        Map<ChannelKey, Long> asked = new HashMap<>();
        pending.forEach(revocation -> asked.merge(revocation.key(), revocation.asked(), Long::sum));
        List<Revocation> revocations = new ArrayList<>();
        for (NodeKey node : goods.nodes()) {
            long missing = -goods.deficit(node) - asked(goods, node, asked);
            for (ChannelKey key : goods.keysAt(node)) {
                long units = Math.min(missing, goods.allotted(node, key));
                if (units > 0 && asked.putIfAbsent(key, units) == null) {
                    revocations.add(Revocation.of(numbers.get(), key, units, node.node()));
                    missing -= units;
                }
            }
        }
        return revocations;
    }

    /**
     * For paid lines that wait for goods: unsold promises at nodes that serve them, those of their own key first. A paid order
     * comes before an offer (ADR 8).
     *
     * @param waiting lines with a shortage, oldest first; those of other SKUs are passed by
     */
    public List<Revocation> forShortages(StockOfSku goods, List<DispatchLine> waiting, List<Revocation> pending) {
        Map<ChannelKey, Long> asked = new HashMap<>();
        pending.forEach(revocation -> asked.merge(revocation.key(), revocation.asked(), Long::sum));
        Map<NodeKey, Long> coming = new HashMap<>();
        goods.nodes().forEach(node -> coming.put(node, goods.free(node) + asked(goods, node, asked)));
        Map<ChannelKey, Wanted> wanted = new TreeMap<>();
        for (DispatchLine line : waiting) {
            if (line.key().sku().equals(goods.sku())) {
                long missing = line.shortage() - use(coming, serving(goods, line.key()), line.shortage());
                for (NodeKey node : serving(goods, line.key())) {
                    for (ChannelKey key : ownFirst(goods.keysAt(node), line.key())) {
                        Wanted ofKey = wanted.getOrDefault(key, Wanted.NOTHING);
                        long units = Math.min(missing, goods.allotted(node, key) - ofKey.at(node));
                        if (units > 0 && !asked.containsKey(key)) {
                            wanted.put(key, ofKey.plus(node, units));
                            missing -= units;
                        }
                    }
                }
            }
        }
        return wanted.entrySet().stream()
                .map(entry -> entry.getValue().of(entry.getKey(), numbers.get()))
                .toList();
    }

    /** True when a sound node that serves the key backs a promise that is not being asked back already. */
    public boolean mayServe(StockOfSku goods, ChannelKey key, List<Revocation> pending) {
        Set<ChannelKey> asked = new HashSet<>();
        pending.forEach(revocation -> asked.add(revocation.key()));
        return serving(goods, key).stream()
                .anyMatch(node -> goods.keysAt(node).stream()
                        .anyMatch(backed -> goods.allotted(node, backed) > 0 && !asked.contains(backed)));
    }

    /** What is to be asked back of one key, by the nodes whose goods are wanted. */
    private record Wanted(Map<NodeKey, Long> units) {
        static final Wanted NOTHING = new Wanted(Map.of());

        long at(NodeKey node) {
            return units.getOrDefault(node, 0L);
        }

        Wanted plus(NodeKey node, long more) {
            Map<NodeKey, Long> sum = new LinkedHashMap<>(units);
            sum.merge(node, more, Long::sum);
            return new Wanted(sum);
        }

        Revocation of(ChannelKey key, String number) {
            long asked = units.values().stream().mapToLong(Long::longValue).sum();
            return Revocation.of(
                    number, key, asked, units.keySet().iterator().next().node());
        }
    }

    /** Takes up to that many units of what is free, or will be, at these nodes; answers how many. */
    private static long use(Map<NodeKey, Long> coming, List<NodeKey> nodes, long units) {
        long used = 0;
        for (NodeKey node : nodes) {
            long here = Math.min(units - used, coming.get(node));
            coming.merge(node, -here, Long::sum);
            used += here;
        }
        return used;
    }

    /** Sound nodes that serve the key, in the order in which they are asked: a deficit would swallow what comes back. */
    private List<NodeKey> serving(StockOfSku goods, ChannelKey key) {
        return goods.nodes().stream()
                .filter(node -> goods.deficit(node) == 0 && rules.serves(node, key))
                .sorted(rules.preference(key.shipRegion()))
                .toList();
    }

    private static List<ChannelKey> ownFirst(Collection<ChannelKey> keys, ChannelKey own) {
        return keys.stream()
                .sorted(Comparator.comparing((ChannelKey key) -> !key.equals(own))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** What is being asked back already of promises that the node backs. */
    private static long asked(StockOfSku goods, NodeKey node, Map<ChannelKey, Long> asked) {
        return goods.keysAt(node).stream()
                .mapToLong(key -> Math.min(goods.allotted(node, key), asked.getOrDefault(key, 0L)))
                .sum();
    }

    /**
     * Promises whose goods no longer serve them, or that no rule makes any more.
     *
     * @param byHand keys that a person has granted stock to: no rule need name them
     */
    public List<Revocation> forRules(StockOfSku goods, List<Revocation> pending, Set<ChannelKey> byHand) {
        Set<ChannelKey> asked = new HashSet<>();
        pending.forEach(revocation -> asked.add(revocation.key()));
        List<Revocation> revocations = new ArrayList<>();
        for (ChannelKey key : goods.keys()) {
            List<NodeKey> wrong = outOfLine(goods, key, byHand);
            if (!wrong.isEmpty() && !asked.contains(key)) {
                long units = wrong.stream()
                        .mapToLong(node -> goods.allotted(node, key))
                        .sum();
                revocations.add(Revocation.of(
                        numbers.get(), key, units, wrong.getFirst().node()));
            }
        }
        return revocations;
    }

    /** True when every promise is made by a rule, or by hand, and backed where it may be. */
    public boolean inLine(StockOfSku goods, Set<ChannelKey> byHand) {
        return goods.keys().stream()
                .allMatch(key -> outOfLine(goods, key, byHand).isEmpty());
    }

    private List<NodeKey> outOfLine(StockOfSku goods, ChannelKey key, Set<ChannelKey> byHand) {
        boolean promised = rules.promises(key) || byHand.contains(key);
        return goods.nodes().stream()
                .filter(node -> goods.allotted(node, key) > 0 && (!promised || !rules.serves(node, key)))
                .toList();
    }
}
