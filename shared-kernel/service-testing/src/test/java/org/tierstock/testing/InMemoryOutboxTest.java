package org.tierstock.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.ToSales.StockGranted;
import org.tierstock.runtime.exchange.Outbox;
import org.tierstock.runtime.exchange.Received;

class InMemoryOutboxTest implements OutboxContract {
    private final InMemoryTransactions transactions = new InMemoryTransactions();
    private final InMemoryWorkSignals signals = new InMemoryWorkSignals(transactions);
    private final InMemoryOutbox outbox = new InMemoryOutbox(transactions, signals);

    @Override
    public Transactions transactions() {
        return transactions;
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public List<String> announced() {
        return signals.takeAnnounced();
    }

    @Test
    void what_was_sent_can_be_received_as_it_was_numbered() {
        Message grant = new StockGranted("G1", KETTLE, "REGULAR", 5);

        transactions.inTransaction(() -> outbox.append(List.of(grant)));

        assertThat(outbox.sent()).extracting(Received::message).containsExactly(grant);
        assertThat(outbox.sent())
                .extracting(received -> received.position().sequence())
                .containsExactly(1L);
    }
}
