package org.tierstock.testing;

import java.util.List;
import org.tierstock.runtime.changes.Changes;

class InMemoryChangesTest implements ChangesContract {
    private final InMemoryTransactions transactions = new InMemoryTransactions();
    private final InMemoryChanges changes = new InMemoryChanges(transactions);

    @Override
    public Transactions transactions() {
        return transactions;
    }

    @Override
    public Changes changes() {
        return changes;
    }

    @Override
    public List<String> standing() {
        return changes.all().stream()
                .map(change -> change.kind()
                        + ' '
                        + change.code()
                        + ' '
                        + change.version()
                        + ' '
                        + change.by().subject())
                .toList();
    }
}
