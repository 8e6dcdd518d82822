package org.tierstock.sales.fake;

import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.runtime.exchange.Inbox;
import org.tierstock.runtime.exchange.Outbox;
import org.tierstock.runtime.exchange.Watermarks;
import org.tierstock.sales.application.port.Cancellations;
import org.tierstock.sales.application.port.DueOrders;
import org.tierstock.sales.application.port.LostDocuments;
import org.tierstock.sales.application.port.Orders;
import org.tierstock.sales.application.port.Payments;
import org.tierstock.sales.application.port.Placements;
import org.tierstock.sales.application.port.StockRows;
import org.tierstock.sales.domain.Channel;
import org.tierstock.testing.InMemoryInbox;
import org.tierstock.testing.InMemoryOutbox;
import org.tierstock.testing.InMemoryStuckWork;
import org.tierstock.testing.InMemoryTransactions;
import org.tierstock.testing.InMemoryWorkSignals;
import org.tierstock.testing.SettableClock;
import org.tierstock.testing.Transactions;

/**
 * Everything that the use cases stand on, in memory. The fields are the truth that tests look at; the methods are what use
 * cases are given, and what the simulation overrides to leave a protection out.
 */
public class InMemoryAdapters implements Adapters {
    public final InMemoryTransactions transactions = new InMemoryTransactions();
    public final SettableClock clock = new SettableClock();
    public final InMemoryWorkSignals signals = new InMemoryWorkSignals(transactions);
    public final InMemoryStuckWork stuckWork = new InMemoryStuckWork(clock);
    public final InMemoryOutbox outbox = new InMemoryOutbox(transactions, signals);
    public final InMemoryInbox inbox = new InMemoryInbox(transactions);
    public final InMemoryOrders orders = new InMemoryOrders(transactions, clock);
    public final InMemoryStockRows stock = new InMemoryStockRows(transactions, orders, clock);
    public final InMemoryPlacements placements = new InMemoryPlacements(stock, orders);
    public final InMemoryPayments payments = new InMemoryPayments(transactions);
    public final InMemoryCancellations cancellations = new InMemoryCancellations(transactions, orders);
    public final InMemoryLostDocuments lostDocuments = new InMemoryLostDocuments(orders, payments, cancellations);
    public final InMemoryChannels channels;

    /** With these channels. */
    public InMemoryAdapters(Channel... channels) {
        this.channels = new InMemoryChannels(channels);
    }

    @Override
    public Transactions transactions() {
        return transactions;
    }

    @Override
    public StockRows stockRows() {
        return stock;
    }

    @Override
    public Orders orders() {
        return orders;
    }

    @Override
    public DueOrders dueOrders() {
        return orders;
    }

    @Override
    public Placements placements() {
        return placements;
    }

    @Override
    public Payments payments() {
        return payments;
    }

    @Override
    public Cancellations cancellations() {
        return cancellations;
    }

    @Override
    public LostDocuments lostDocuments() {
        return lostDocuments;
    }

    @Override
    public Inbox inbox() {
        return inbox;
    }

    /** What of each stream has been applied. */
    public Watermarks watermarks() {
        return inbox;
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public void acknowledge(HandOver... handOvers) {
        for (HandOver handOver : handOvers) {
            orders.acknowledge(handOver);
        }
    }
}
