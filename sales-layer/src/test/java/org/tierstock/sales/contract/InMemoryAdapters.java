package org.tierstock.sales.contract;

import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.runtime.exchange.Inbox;
import org.tierstock.runtime.exchange.Outbox;
import org.tierstock.sales.application.port.Cancellations;
import org.tierstock.sales.application.port.DueOrders;
import org.tierstock.sales.application.port.LostDocuments;
import org.tierstock.sales.application.port.Orders;
import org.tierstock.sales.application.port.Payments;
import org.tierstock.sales.application.port.Placements;
import org.tierstock.sales.application.port.StockRows;
import org.tierstock.sales.domain.DeductionMode;
import org.tierstock.sales.fake.SalesLayer;
import org.tierstock.testing.Transactions;

final class InMemoryAdapters implements Adapters {
    private final SalesLayer sales = SalesLayer.with(DeductionMode.ORDER_TIME);

    @Override
    public Transactions transactions() {
        return sales.transactions;
    }

    @Override
    public StockRows stockRows() {
        return sales.stock;
    }

    @Override
    public Orders orders() {
        return sales.orders;
    }

    @Override
    public DueOrders dueOrders() {
        return sales.orders;
    }

    @Override
    public Placements placements() {
        return sales.placements;
    }

    @Override
    public Payments payments() {
        return sales.payments;
    }

    @Override
    public Cancellations cancellations() {
        return sales.cancellations;
    }

    @Override
    public LostDocuments lostDocuments() {
        return sales.lostDocuments;
    }

    @Override
    public Inbox inbox() {
        return sales.inbox;
    }

    @Override
    public Outbox outbox() {
        return sales.outbox;
    }

    @Override
    public void acknowledge(HandOver... handOvers) {
        for (HandOver handOver : handOvers) {
            sales.orders.acknowledge(handOver);
        }
    }
}
