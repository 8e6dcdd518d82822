package org.tierstock.dispatch.domain;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.tierstock.movements.Action;
import org.tierstock.movements.Cell;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.DocumentKind;
import org.tierstock.movements.DocumentLine;
import org.tierstock.movements.NodeKey;
import org.tierstock.movements.protocol.ToSales.StockGranted;

/**
 * Promises free stock to channel keys by the allotment rules (S2, S4, S14).
 *
 * <p>FIXED rules fill their keys' accounts first; then the first RATIO or SHARED rule with a key that the node serves
 * takes all the rest. One grant a key, however many nodes back it.
 */
public final class Allotment {
    /** The sales layer's name of the pool that these grants are for. */
    public static final String REGULAR_POOL = "REGULAR";

    private record Part(NodeKey node, ChannelKey key, long quantity, String rule) {}

    private final Rules rules;

    /** Allots by the rules in force. */
    public Allotment(Rules rules) {
        this.rules = rules;
    }

    /**
     * Grants the free stock of a SKU. Short lines have been covered before, so none waits for what is still free.
     *
     * @return the messages, one a key
     */
    public List<StockGranted> allot(StockOfSku goods, Supplier<String> grantNumbers) {
        Map<ChannelKey, List<Part>> parts = new LinkedHashMap<>();
        Map<ChannelKey, Long> promised = new LinkedHashMap<>();
        for (NodeKey node : goods.nodes()) {
            if (goods.free(node) > 0) {
                for (Part part : divide(goods, node, promised)) {
                    parts.computeIfAbsent(part.key(), key -> new ArrayList<>()).add(part);
                    promised.merge(part.key(), part.quantity(), Long::sum);
                }
            }
        }
        List<StockGranted> grants = new ArrayList<>(parts.size());
        parts.forEach((key, ofKey) -> grants.add(grant(goods, key, ofKey, grantNumbers.get())));
        return grants;
    }

    /** Grants free stock of one node to one key, by a person's decision. */
    public static StockGranted byHand(
            StockOfSku goods, NodeKey node, ChannelKey key, long quantity, String grantNumber) {
        return grant(goods, key, List.of(new Part(node, key, quantity, "")), grantNumber);
    }

    private static StockGranted grant(StockOfSku goods, ChannelKey key, List<Part> parts, String number) {
        long sum = parts.stream().mapToLong(Part::quantity).sum();
        StockGranted message = new StockGranted(number, key, REGULAR_POOL, sum);
        int line = 1;
        for (Part part : parts) {
            DocumentLine document = new DocumentLine(DocumentKind.STOCK_GRANT, number, line++);
            goods.grant(part.node(), key, part.quantity(), new Reason(Action.ALLOT, document, message));
            if (!part.rule().isEmpty()) {
                goods.tally(part.node(), key, part.rule(), part.quantity());
            }
        }
        return message;
    }

    private List<Part> divide(StockOfSku goods, NodeKey node, Map<ChannelKey, Long> promised) {
        List<Part> parts = new ArrayList<>();
        long free = goods.free(node);
        for (AllotmentRule rule : rules.allotmentsFrom(node, goods.sku())) {
            Map<ChannelKey, AllotmentRule.Share> shares = served(goods, node, rule);
            if (shares.isEmpty() || free == 0) {
                continue;
            }
            switch (rule.kind()) {
                case FIXED -> {
                    for (Map.Entry<ChannelKey, AllotmentRule.Share> share : shares.entrySet()) {
                        ChannelKey key = share.getKey();
                        long account = goods.account(key) + promised.getOrDefault(key, 0L);
                        long units = Math.min(free, Math.max(0, share.getValue().quantity() - account));
                        add(parts, node, key, units, rule);
                        free -= units;
                    }
                }
                case RATIO -> {
                    byWeight(goods, node, rule, shares, free)
                            .forEach((key, units) -> add(parts, node, key, units, rule));
                    free = 0;
                }
                case SHARED -> {
                    add(parts, node, shares.keySet().iterator().next(), free, rule);
                    free = 0;
                }
            }
        }
        return parts;
    }

    private static void add(List<Part> parts, NodeKey node, ChannelKey key, long units, AllotmentRule rule) {
        if (units > 0) {
            parts.add(new Part(node, key, units, rule.tallyName()));
        }
    }

    private Map<ChannelKey, AllotmentRule.Share> served(StockOfSku goods, NodeKey node, AllotmentRule rule) {
        Map<ChannelKey, AllotmentRule.Share> served = new LinkedHashMap<>();
        for (AllotmentRule.Share share : rule.shares()) {
            ChannelKey key = share.keyFor(new Cell(node, goods.sku()));
            if (rules.serves(node, key)) {
                served.put(key, share);
            }
        }
        return served;
    }

    /**
     * Divides by weight so that, over all that this rule granted from the node, each key has its ratio to within a unit.
     * The floor of each ratio first, then single units to those that are furthest behind.
     */
    private static Map<ChannelKey, Long> byWeight(
            StockOfSku goods,
            NodeKey node,
            AllotmentRule rule,
            Map<ChannelKey, AllotmentRule.Share> shares,
            long free) {
        Map<ChannelKey, Long> granted = new LinkedHashMap<>();
        shares.keySet().forEach(key -> granted.put(key, goods.tally(node, key).under(rule.tallyName())));
        long total = granted.values().stream().mapToLong(Long::longValue).sum() + free;
        long weights =
                shares.values().stream().mapToLong(AllotmentRule.Share::weight).sum();
        Map<ChannelKey, Long> now = new LinkedHashMap<>();
        long left = free;
        for (ChannelKey key : shares.keySet()) {
            long due = times(total, shares.get(key).weight())
                            .divide(BigInteger.valueOf(weights))
                            .longValueExact()
                    - granted.get(key);
            long units = Math.min(left, Math.max(0, due));
            now.put(key, units);
            left -= units;
        }
        while (left > 0) {
            ChannelKey behind = furthestBehind(shares, granted, now, total, weights);
            now.merge(behind, 1L, Long::sum);
            left--;
        }
        return now;
    }

    private static ChannelKey furthestBehind(
            Map<ChannelKey, AllotmentRule.Share> shares,
            Map<ChannelKey, Long> granted,
            Map<ChannelKey, Long> now,
            long total,
            long weights) {
        Optional<ChannelKey> behind = shares.keySet().stream()
                .max(Comparator.comparing(
                                (ChannelKey key) -> times(total, shares.get(key).weight())
                                        .subtract(times(granted.get(key) + now.get(key), weights)))
                        .thenComparing(Comparator.reverseOrder()));
        return behind.orElseThrow();
    }

    /** Units times a weight may be more than a long holds. */
    private static BigInteger times(long units, long weight) {
        return BigInteger.valueOf(units).multiply(BigInteger.valueOf(weight));
    }
}
