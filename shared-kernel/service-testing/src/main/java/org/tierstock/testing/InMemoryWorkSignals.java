package org.tierstock.testing;

import java.util.ArrayList;
import java.util.List;
import org.tierstock.runtime.work.WorkSignals;

/** Keeps what has been announced by transactions that committed. */
public final class InMemoryWorkSignals implements WorkSignals {
    private final InMemoryTransactions transactions;
    private final List<String> announced = new ArrayList<>();

    public InMemoryWorkSignals(InMemoryTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public void announce(String work) {
        transactions.onCommit(() -> announced.add(work));
    }

    /** The names announced since the last call, oldest first. */
    public List<String> takeAnnounced() {
        List<String> taken = List.copyOf(announced);
        announced.clear();
        return taken;
    }
}
