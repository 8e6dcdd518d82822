package org.tierstock.sales.domain;

/** How far an order has come: the state that all its lines share, but for those cancelled on the way. */
public enum OrderState {
    PLACED,
    PAID,
    CANCELLED,
    EXPIRED,
    REFUND;

    static OrderState of(LineState line) {
        return switch (line) {
            case PLACED -> PLACED;
            case PAID, HANDED -> PAID;
            case CANCELLED -> CANCELLED;
            case EXPIRED -> EXPIRED;
            case REFUND -> REFUND;
        };
    }
}
