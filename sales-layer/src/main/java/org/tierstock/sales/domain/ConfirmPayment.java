package org.tierstock.sales.domain;

import java.util.Objects;
import org.tierstock.movements.Code;

/** Says that an order was paid. The payment's number is unique for the order's channel and makes it idempotent. */
public record ConfirmPayment(OrderNumber order, String paymentNumber) {
    public ConfirmPayment {
        Objects.requireNonNull(order, "order");
        Code.of("paymentNumber", paymentNumber);
    }

    /** The payment's number across channels: channel:paymentNumber. */
    public String document() {
        return order.channel() + ':' + paymentNumber;
    }
}
