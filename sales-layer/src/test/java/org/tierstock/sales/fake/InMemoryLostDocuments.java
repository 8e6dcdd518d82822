package org.tierstock.sales.fake;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.tierstock.sales.application.port.LostDocuments;
import org.tierstock.sales.domain.Cancellation;
import org.tierstock.sales.domain.Order;
import org.tierstock.sales.domain.OrderLine;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.OrderState;
import org.tierstock.sales.domain.Payment;
import org.tierstock.sales.domain.StockKey;

/** Lost documents on the fakes of the documents. */
public final class InMemoryLostDocuments implements LostDocuments {
    private final InMemoryOrders orders;
    private final InMemoryPayments payments;
    private final InMemoryCancellations cancellations;

    public InMemoryLostDocuments(
            InMemoryOrders orders, InMemoryPayments payments, InMemoryCancellations cancellations) {
        this.orders = orders;
        this.payments = payments;
        this.cancellations = cancellations;
    }

    @Override
    public void storeOrders(Collection<Order> known) {
        known.forEach(orders::storeMissing);
    }

    @Override
    public void storePayments(Collection<Payment> known) {
        known.forEach(payments::storeMissing);
    }

    @Override
    public void storeCancellations(Collection<Cancellation> known) {
        known.forEach(cancellations::storeMissing);
    }

    @Override
    public List<OrderNumber> locking(StockKey key) {
        return orders.all().stream()
                .filter(order -> order.terms().deductionMode().locksAtOrder() && order.state() == OrderState.PLACED)
                .filter(order -> order.lines().stream().anyMatch(line -> locks(line, key)))
                .sorted(Comparator.comparing(Order::placedAt).reversed().thenComparing(Order::number))
                .map(Order::number)
                .toList();
    }

    private static boolean locks(OrderLine line, StockKey key) {
        return line.key().equals(key) && line.remaining() > 0;
    }
}
