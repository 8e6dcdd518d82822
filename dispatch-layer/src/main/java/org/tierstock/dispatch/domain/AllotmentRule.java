package org.tierstock.dispatch.domain;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.tierstock.movements.Cell;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.Code;
import org.tierstock.movements.InvalidValue;
import org.tierstock.movements.Quantity;
import org.tierstock.movements.Sku;

/**
 * How free stock is promised to channels (铺货规则, S2, S4, S5).
 *
 * @param revision grows with each change; a ratio starts anew with it
 * @param priority the smaller, the sooner it is applied
 * @param nodes the nodes whose stock it grants; empty: every node that serves a share
 * @param skus the SKUs that it grants; empty: all
 */
public record AllotmentRule(
        String code, long revision, Kind kind, int priority, Set<String> nodes, Set<String> skus, List<Share> shares) {
    /** The heaviest weight of a share. */
    public static final long MAX_WEIGHT = 1_000_000;

    /** How a rule divides. */
    public enum Kind {
        /** By weight, over all that it has granted. */
        RATIO,
        /** Up to a quantity in each key's account, before any other rule. */
        FIXED,
        /** Everything to one key that channels sell from together (S74). */
        SHARED
    }

    /**
     * What one channel gets.
     *
     * @param channel the stock source
     * @param weight of a RATIO rule: 1 to {@link #MAX_WEIGHT}
     * @param quantity of a FIXED rule: whole units
     */
    public record Share(String channel, String deliveryMethod, String shipRegion, long weight, long quantity) {
        public Share {
            Code.of("shares.channel", channel);
            Code.of("shares.deliveryMethod", deliveryMethod);
            Code.of("shares.shipRegion", shipRegion);
            Quantity.notNegative("shares.quantity", quantity);
            if (weight < 0 || weight > MAX_WEIGHT) {
                throw new InvalidValue("shares.weight", "must be a whole number from 0 to " + MAX_WEIGHT);
            }
        }

        /** The channel key that this share promises goods of the cell to. */
        public ChannelKey keyFor(Cell cell) {
            return new ChannelKey(channel, deliveryMethod, cell.node().quality(), shipRegion, cell.sku());
        }

        boolean names(ChannelKey key) {
            return channel.equals(key.channel())
                    && deliveryMethod.equals(key.deliveryMethod())
                    && shipRegion.equals(key.shipRegion());
        }
    }

    public AllotmentRule {
        Code.of("code", code);
        Objects.requireNonNull(kind, "kind");
        nodes = Set.copyOf(nodes);
        skus = Set.copyOf(skus);
        shares = List.copyOf(shares);
        if (shares.isEmpty()) {
            throw new InvalidValue("shares", "may not be empty");
        }
        if (kind == Kind.SHARED && shares.size() > 1) {
            throw new InvalidValue("shares", "of a SHARED rule is one shared key");
        }
        Set<String> named = new HashSet<>();
        for (Share share : shares) {
            if (!named.add(share.channel() + '/' + share.deliveryMethod() + '/' + share.shipRegion())) {
                throw new InvalidValue("shares", "names " + share.channel() + " twice");
            }
            if (kind == Kind.RATIO && share.weight() == 0) {
                throw new InvalidValue("shares.weight", "of a RATIO rule is at least 1");
            }
        }
    }

    /** The same rule as of that revision. */
    public AllotmentRule revised(long otherRevision) {
        return new AllotmentRule(code, otherRevision, kind, priority, nodes, skus, shares);
    }

    /** The name under which grants of this revision are tallied. */
    public String tallyName() {
        return code + '#' + revision;
    }

    /** True when it grants stock of the node and SKU. */
    public boolean grantsFrom(String node, Sku sku) {
        return (nodes.isEmpty() || nodes.contains(node)) && covers(sku);
    }

    boolean covers(Sku sku) {
        return skus.isEmpty() || skus.contains(sku.code());
    }
}
