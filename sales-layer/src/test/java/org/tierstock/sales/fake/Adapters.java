package org.tierstock.sales.fake;

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
import org.tierstock.testing.Transactions;

/** The ports of one kind of storage, empty at first. */
public interface Adapters {
    Transactions transactions();

    StockRows stockRows();

    Orders orders();

    Placements placements();

    DueOrders dueOrders();

    Payments payments();

    Cancellations cancellations();

    LostDocuments lostDocuments();

    Inbox inbox();

    Outbox outbox();

    /** Dispatch has acknowledged everything handed over so far. */
    void acknowledge(HandOver... handOvers);
}
