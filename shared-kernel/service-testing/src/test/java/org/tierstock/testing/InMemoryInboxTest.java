package org.tierstock.testing;

import org.tierstock.runtime.exchange.Inbox;
import org.tierstock.runtime.exchange.Watermarks;

class InMemoryInboxTest implements InboxContract {
    private final InMemoryTransactions transactions = new InMemoryTransactions();
    private final InMemoryInbox inbox = new InMemoryInbox(transactions);

    @Override
    public Transactions transactions() {
        return transactions;
    }

    @Override
    public Inbox inbox() {
        return inbox;
    }

    @Override
    public Watermarks watermarks() {
        return inbox;
    }

    @Override
    public void purge(long upTo) {
        transactions.inTransaction(() -> inbox.forget("D>S", PARTITION, upTo));
    }
}
