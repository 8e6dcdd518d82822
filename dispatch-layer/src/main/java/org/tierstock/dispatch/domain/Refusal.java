package org.tierstock.dispatch.domain;

import java.util.Objects;
import org.tierstock.movements.NodeKey;

/**
 * What a warehouse did not lock although it was booked here, kept back until the message that explains it has been
 * applied (REFUSED of protocol 4). Released at once, the missing goods would be sold twice.
 *
 * @param outbound the outbound that was refused, in part or wholly
 * @param warehouse whose reason it waits for
 * @param held whole units still kept back; they are in the node's HELD bucket
 * @param at last number of the warehouse's stream, in the SKU's partition, when it refused
 */
public record Refusal(String outbound, String warehouse, NodeKey node, long held, long at) {
    public Refusal {
        Objects.requireNonNull(outbound, "outbound");
        Objects.requireNonNull(warehouse, "warehouse");
        Objects.requireNonNull(node, "node");
        if (held < 0 || at < 0) {
            throw new IllegalArgumentException("Not a refusal: " + outbound + " held " + held + " at " + at);
        }
    }

    Refusal less(long quantity) {
        return new Refusal(outbound, warehouse, node, held - quantity, at);
    }
}
