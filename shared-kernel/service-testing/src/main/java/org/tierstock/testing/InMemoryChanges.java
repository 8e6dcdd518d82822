package org.tierstock.testing;

import java.util.List;
import java.util.Map;
import org.tierstock.runtime.changes.Change;
import org.tierstock.runtime.changes.Changes;

/** Recorded changes without a database: those of transactions that committed. */
public final class InMemoryChanges implements Changes {
    private final Map<Integer, Change> rows;

    public InMemoryChanges(InMemoryTransactions transactions) {
        rows = new InMemoryTable<>(transactions);
    }

    @Override
    public void append(List<Change> changes) {
        changes.forEach(change -> rows.put(rows.size() + 1, change));
    }

    /** All of them, oldest first. */
    public List<Change> all() {
        return List.copyOf(rows.values());
    }
}
