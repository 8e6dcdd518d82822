package org.tierstock.dispatch.domain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
