package org.tierstock.sales.domain;

/**
 * A payment that was answered. Kept for ever, and answered alike when it is asked again.
 *
 * @param document channel:paymentNumber
 * @param refund why the money goes back; null when the order is paid by it
 */
public record Payment(String document, OrderNumber order, RefundReason refund) {
    /** Why a payment leads to a refund. */
    public enum RefundReason {
        /** The stock was gone when the payment came. */
        SOLD_OUT,
        /** The order had been cancelled. */
        ORDER_CANCELLED,
        /** An earlier payment of the order was already answered with a refund. */
        ORDER_REFUNDED
    }

    /** The answer to the caller. */
    public PaymentOutcome outcome(boolean replayed) {
        return refund == null
                ? new PaymentOutcome.Paid(order, replayed)
                : new PaymentOutcome.RefundDue(order, refund, replayed);
    }
}
