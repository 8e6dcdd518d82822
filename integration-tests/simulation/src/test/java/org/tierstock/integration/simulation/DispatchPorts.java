package org.tierstock.integration.simulation;

import org.tierstock.dispatch.fake.InMemoryAdapters;
import org.tierstock.testing.Transactions;

/** What the dispatch layer's use cases stand on, in a process that may die. */
class DispatchPorts extends InMemoryAdapters {
    final Process process;

    DispatchPorts(Fate fate) {
        process = new Process("dispatch", transactions, fate);
    }

    @Override
    public Transactions transactions() {
        return process;
    }

    @Override
    public int retrySeconds() {
        return 2;
    }
}
