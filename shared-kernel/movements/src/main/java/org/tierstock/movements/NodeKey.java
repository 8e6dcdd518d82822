package org.tierstock.movements;

import java.util.Comparator;
import java.util.Objects;

/**
 * The dispatch layer's key without the SKU ("node x" of the protocol): a node (own warehouse, own store or merchant),
 * its virtual warehouse (虚拟仓), the owner of the goods (货主) and their quality.
 */
public record NodeKey(String node, String virtualWarehouse, String owner, Quality quality)
        implements Comparable<NodeKey> {
    private static final Comparator<NodeKey> ORDER = Comparator.comparing(NodeKey::node)
            .thenComparing(NodeKey::virtualWarehouse)
            .thenComparing(NodeKey::owner)
            .thenComparing(NodeKey::quality);

    public NodeKey {
        Code.of("node", node);
        Code.of("virtualWarehouse", virtualWarehouse);
        Code.of("owner", owner);
        Objects.requireNonNull(quality, "quality");
    }

    /** The text form: node/virtualWarehouse/owner/quality. */
    public String text() {
        return node + '/' + virtualWarehouse + '/' + owner + '/' + quality;
    }

    @Override
    public int compareTo(NodeKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return text();
    }
}
