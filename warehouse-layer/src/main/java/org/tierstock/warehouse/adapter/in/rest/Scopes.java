package org.tierstock.warehouse.adapter.in.rest;

import java.util.Collection;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.warehouse.application.port.Scope;
import org.tierstock.warehouse.domain.Outbound;
import org.tierstock.warehouse.domain.StockKey;

/** What of the warehouses' goods a caller's token names. */
final class Scopes {
    private Scopes() {}

    /** All that the caller may see. */
    static Scope of(Caller caller) {
        return new Scope(caller.mayUseAllWarehouses(), caller.warehouses(), caller.mayUseAllOwners(), caller.owners());
    }

    /** Goes on only when the caller may move all these goods. */
    static void need(Caller caller, String warehouse, Collection<StockKey> keys) {
        caller.needsWarehouse(warehouse);
        for (StockKey key : keys) {
            caller.needsOwner(key.owner());
        }
    }

    /** Goes on only when the caller may move this outbound's goods. */
    static void need(Caller caller, Outbound outbound) {
        caller.needsWarehouse(outbound.order().warehouse());
        caller.needsOwner(outbound.order().cell().node().owner());
    }
}
