package org.tierstock.sales.domain;

import java.util.List;
import java.util.Objects;

/**
 * What dispatch keeps of an order for sales (protocol 11.8): the order with its documents, as it was when a hand-over or a
 * cancel was brought there. A sales database that was set back to a backup knows the order again from it.
 *
 * @param order with the states that its lines had
 */
public record OrderSheet(Order order, List<Payment> payments, List<Cancellation> cancellations) {
    public OrderSheet {
        Objects.requireNonNull(order, "order");
        payments = List.copyOf(payments);
        cancellations = List.copyOf(cancellations);
    }
}
