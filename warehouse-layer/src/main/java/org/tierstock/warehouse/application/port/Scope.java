package org.tierstock.warehouse.application.port;

import java.util.Set;

/**
 * Which warehouses' and owners' stock a caller may see.
 *
 * @param warehouses the only ones, unless all are allowed
 * @param owners the only ones, unless all are allowed
 */
public record Scope(boolean allWarehouses, Set<String> warehouses, boolean allOwners, Set<String> owners) {
    public Scope {
        warehouses = Set.copyOf(warehouses);
        owners = Set.copyOf(owners);
    }

    /** The warehouses that are left of them when one is asked for; null asks for all. */
    Set<String> narrowedTo(String warehouse) {
        if (warehouse == null) {
            return warehouses;
        }
        return allWarehouses || warehouses.contains(warehouse) ? Set.of(warehouse) : Set.of();
    }
}
