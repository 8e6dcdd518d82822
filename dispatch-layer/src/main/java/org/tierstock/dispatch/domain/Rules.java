package org.tierstock.dispatch.domain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.NodeKey;
import org.tierstock.movements.Sku;

/**
 * The nodes and rules in force, as one consistent set.
 *
 * <p>Changing them is a matter of policy, not of safety: whatever they say, the protocol's equations hold. Backing that no
 * longer fits is moved or revoked afterwards.
 */
public final class Rules {
    private static final Comparator<AllotmentRule> FIXED_FIRST = Comparator.comparing(
                    (AllotmentRule rule) -> rule.kind() != AllotmentRule.Kind.FIXED)
            .thenComparingInt(AllotmentRule::priority)
            .thenComparing(AllotmentRule::code);

    private final long version;
    private final Map<String, Node> nodes = new HashMap<>();
    private final List<AllotmentRule> allotments;
    private final Map<String, List<AllotmentRule>> allotmentsOfChannel = new HashMap<>();
    private final Map<String, SourcingRule> sourcingOfRegion = new HashMap<>();

    /**
     * Puts the rules in order.
     *
     * @param version grows with every change of any of them
     */
    public Rules(long version, List<Node> nodes, List<AllotmentRule> allotments, List<SourcingRule> sourcings) {
        this.version = version;
        nodes.forEach(node -> this.nodes.put(node.code(), node));
        this.allotments = allotments.stream().sorted(FIXED_FIRST).toList();
        for (AllotmentRule rule : this.allotments) {
            rule.shares().stream()
                    .map(AllotmentRule.Share::channel)
                    .distinct()
                    .forEach(channel -> allotmentsOfChannel
                            .computeIfAbsent(channel, c -> new ArrayList<>())
                            .add(rule));
        }
        sourcings.stream()
                .sorted(Comparator.comparing(SourcingRule::code))
                .forEach(sourcing -> sourcingOfRegion.putIfAbsent(sourcing.shipRegion(), sourcing));
    }

    /** Grows with every change of a node or rule. */
    public long version() {
        return version;
    }

    /** The node of that code. */
    public Optional<Node> node(String code) {
        return Optional.ofNullable(nodes.get(code));
    }

    /** The warehouse that locks and ships for a node; a node not described yet is its own. */
    public String warehouseOf(NodeKey key) {
        Node node = nodes.get(key.node());
        return node == null ? key.node() : node.warehouse();
    }

    /**
     * True when goods at the node may serve the key: the node serves its region, the quality is the same, and the rules
     * that promise stock to the key, if there are any, take it from this node.
     */
    public boolean serves(NodeKey key, ChannelKey channelKey) {
        Node node = nodes.get(key.node());
        if (node == null
                || key.quality() != channelKey.quality()
                || !node.regions().contains(channelKey.shipRegion())) {
            return false;
        }
        boolean ruled = false;
        for (AllotmentRule rule : allotmentsOfChannel.getOrDefault(channelKey.channel(), List.of())) {
            if (promises(rule, channelKey)) {
                if (rule.grantsFrom(key.node(), channelKey.sku())) {
                    return true;
                }
                ruled = true;
            }
        }
        return !ruled;
    }

    /** True when any rule promises stock to the key. */
    public boolean promises(ChannelKey key) {
        return allotmentsOfChannel.getOrDefault(key.channel(), List.of()).stream()
                .anyMatch(rule -> promises(rule, key));
    }

    /** The rules that grant stock of the node and SKU: FIXED ones first, then by priority. */
    public List<AllotmentRule> allotmentsFrom(NodeKey key, Sku sku) {
        return allotments.stream()
                .filter(rule -> rule.grantsFrom(key.node(), sku))
                .toList();
    }

    /** The order in which nodes are asked for orders of a region: by its sourcing rule, then by priority, then by code. */
    public Comparator<NodeKey> preference(String shipRegion) {
        SourcingRule rule = sourcingOfRegion.get(shipRegion);
        return Comparator.comparingInt((NodeKey key) -> place(rule, key.node()))
                .thenComparingInt(key -> node(key.node()).map(Node::priority).orElse(Integer.MAX_VALUE))
                .thenComparing(Comparator.naturalOrder());
    }

    private static int place(SourcingRule rule, String node) {
        int place = rule == null ? -1 : rule.nodes().indexOf(node);
        return place < 0 ? Integer.MAX_VALUE : place;
    }

    private static boolean promises(AllotmentRule rule, ChannelKey key) {
        return rule.covers(key.sku()) && rule.shares().stream().anyMatch(share -> share.names(key));
    }
}
