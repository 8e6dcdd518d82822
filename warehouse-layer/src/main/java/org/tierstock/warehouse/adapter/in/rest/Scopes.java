package org.tierstock.warehouse.adapter.in.rest;

import java.util.Collection;
import org.tierstock.runtime.identity.Caller;
import org.tierstock.runtime.problem.Problem;
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

    /**
     * An outbound whose goods the caller may see and move. Any other is as unknown as one that there is not: only its id was
     * given, and where it lies and whose it is are told to nobody else.
     *
     * @param outbound null when there is none
     */
    static Outbound permitted(Caller caller, String id, Outbound outbound) {
        if (outbound == null
                || !caller.mayUseWarehouse(outbound.order().warehouse())
                || !caller.mayUseOwner(outbound.order().cell().node().owner())) {
            throw Problem.notFound("outbound order", id);
        }
        return outbound;
    }
}
