package org.tierstock.integration.oracle;

/** What a client asks about the one key. Orders have one line; quantities are whole units. */
sealed interface Request {
    record Place(String order, long units) implements Request {}

    record Pay(String order, String payment) implements Request {}

    /** Cancels so many units; 0: all that is left. */
    record Cancel(String order, String cancellation, long units) implements Request {}

    /** What the order's state is. */
    record Show(String order) implements Request {}

    /** How many units may be sold. */
    record Look() implements Request {}

    /** The order that it is about; empty when it is about none. */
    default String order() {
        return switch (this) {
            case Place place -> place.order;
            case Pay pay -> pay.order;
            case Cancel cancel -> cancel.order;
            case Show show -> show.order;
            case Look look -> "";
        };
    }

    /** The document that the request makes, as the ledger names it; empty for a question. */
    default String document() {
        return switch (this) {
            case Place place -> "SALES_ORDER " + place.order();
            case Pay pay -> "PAYMENT " + pay.payment();
            case Cancel cancel -> "CANCELLATION " + cancel.cancellation();
            case Show show -> "";
            case Look look -> "";
        };
    }
}
