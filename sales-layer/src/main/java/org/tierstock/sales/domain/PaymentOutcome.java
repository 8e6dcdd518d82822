package org.tierstock.sales.domain;

/** What became of a payment (S24, S52). */
public sealed interface PaymentOutcome {
    /** The order is paid, and its hand-over to dispatch is written. */
    record Paid(OrderNumber order, boolean replayed) implements PaymentOutcome {}

    /** The money must go back. */
    record RefundDue(OrderNumber order, Payment.RefundReason reason, boolean replayed) implements PaymentOutcome {}

    /** Another payment has paid the order. Nothing was recorded. */
    record AlreadyPaid(OrderNumber order) implements PaymentOutcome {}

    /** There is no such order. */
    record UnknownOrder(OrderNumber order) implements PaymentOutcome {}

    /** The payment's number was used before, for another order. */
    record DocumentReused(String document) implements PaymentOutcome {}
}
