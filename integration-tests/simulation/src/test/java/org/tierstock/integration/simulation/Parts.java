package org.tierstock.integration.simulation;

import org.tierstock.dispatch.application.port.WarehouseLocks;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.sales.application.port.DispatchCancels;

/**
 * What the layers and what is between them are put together from. These are the sound parts; a planted fault overrides one
 * of them, and the layers' own code knows nothing of it.
 */
class Parts {
    SalesPorts sales(Fate fate) {
        return new SalesPorts(fate);
    }

    DispatchPorts dispatch(Fate fate) {
        return new DispatchPorts(fate);
    }

    WarehousePorts warehouse(Fate fate) {
        return new WarehousePorts(fate);
    }

    SalesUseCases useCases(SalesPorts ports) {
        return new SalesUseCases(ports);
    }

    DispatchUseCases useCases(DispatchPorts ports) {
        return new DispatchUseCases(ports);
    }

    /** The warehouses, as dispatch reaches them. */
    WarehouseLocks warehouseLocks(WarehouseLocks called) {
        return called;
    }

    /** Dispatch, as sales reaches it. */
    DispatchCancels dispatchCancels(DispatchCancels called, World world) {
        return called;
    }

    /** Called when an operator sets a message aside, to be replayed later. */
    void parked(Received<?> message, World world) {
        // An operator who is careful does nothing more.
    }

    /** Whether dispatch keeps a hand-over that it acknowledges without having taken it. */
    boolean keepsWhatItCannotTake() {
        return true;
    }

    /** Whether a relay brings a message more than once when it has to. */
    boolean bringsAgain() {
        return true;
    }

    /** Whether a sender carries again what its receiver has lacked for long. */
    boolean carriesAgain() {
        return true;
    }

    /** What may be purged. */
    PurgeRules purgeRules() {
        return new PurgeRules();
    }

    /** How the cut of a reconciliation is chosen. */
    Cuts cuts() {
        return Cuts.AS_APPLIED;
    }
}
