package org.tierstock.integration.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * A protection of the protocol, and parts of which it is missing.
 *
 * @param protection its name, as the executable model of the protocol has it where it has one
 * @param fault what goes wrong without it
 * @param directed a history that misses it; null when random ones do soon enough
 */
record Planted(String protection, String fault, Parts parts, Directed directed) {
    /** A history that is directed step by step. */
    interface Directed {
        void play(Stage stage);
    }

    Planted(String protection, String fault, Parts parts) {
        this(protection, fault, parts, null);
    }

    static List<Planted> all() {
        List<Planted> all = new ArrayList<>();
        all.addAll(SalesFaults.all());
        all.addAll(DispatchFaults.all());
        all.addAll(WarehouseFaults.all());
        all.addAll(NetworkFaults.all());
        all.addAll(PurgeFaults.all());
        return all;
    }
}
