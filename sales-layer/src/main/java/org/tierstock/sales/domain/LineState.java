package org.tierstock.sales.domain;

/** How far an order line has come (protocol 3). */
public enum LineState {
    /** Ordered, not yet paid. */
    PLACED,
    /** Paid; its hand-over to dispatch is written and not yet acknowledged. */
    PAID,
    /** Dispatch has acknowledged the hand-over. */
    HANDED,
    /** Nothing is left of it: all was cancelled before payment. */
    CANCELLED,
    /** Not paid in time. */
    EXPIRED,
    /** Paid too late or sold out: the money goes back. */
    REFUND;

    /** True when the line waits for a payment, or would still take one. */
    public boolean payable() {
        return this == PLACED || this == EXPIRED;
    }

    /** True when the goods are dispatch's to deliver. */
    public boolean sold() {
        return this == PAID || this == HANDED;
    }
}
