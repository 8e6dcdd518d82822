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
}
