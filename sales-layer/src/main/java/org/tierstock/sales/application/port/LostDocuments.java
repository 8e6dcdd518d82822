package org.tierstock.sales.application.port;

import java.util.Collection;
import java.util.List;
import org.tierstock.sales.domain.Cancellation;
import org.tierstock.sales.domain.Order;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.Payment;
import org.tierstock.sales.domain.StockKey;

/** Documents that a database that was set back has lost and dispatch knows of: they are stored again (protocol 11.8). */
public interface LostDocuments {
    /**
     * Stores what is missing of these orders: the order itself, and lines of it. What became of them is written by
     * {@link Orders#update}.
     */
    void storeOrders(Collection<Order> orders);

    /** Stores those of these payments that are missing. */
    void storePayments(Collection<Payment> payments);

    /** Stores what is missing of these cancellations: the cancellation itself, and lines of it. */
    void storeCancellations(Collection<Cancellation> cancellations);

    /** Unpaid orders that have locked stock of this key, the latest first. */
    List<OrderNumber> locking(StockKey key);
}
