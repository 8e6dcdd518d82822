package org.tierstock.dispatch.domain;

import java.util.Objects;
import java.util.Set;
import org.tierstock.movements.Code;
import org.tierstock.movements.InvalidValue;

/**
 * A place that ships: an own warehouse, an own store or a merchant (S9).
 *
 * @param code the node code of its cells
 * @param warehouse the warehouse that locks and ships for it; as yet the one of its own code, since a warehouse names its
 *     cells by its code
 * @param regions the ship regions that it serves (S38)
 * @param priority the smaller, the sooner it is asked
 */
public record Node(String code, String name, NodeKind kind, String warehouse, Set<String> regions, int priority) {
    public Node {
        Code.of("code", code);
        Code.opaque("name", name);
        Objects.requireNonNull(kind, "kind");
        Code.of("warehouse", warehouse);
        if (!warehouse.equals(code)) {
            throw new InvalidValue("warehouse", "must be the node's own code");
        }
        regions = Set.copyOf(regions);
        regions.forEach(region -> Code.of("regions", region));
        if (priority < 0) {
            throw new InvalidValue("priority", "may not be negative");
        }
    }
}
