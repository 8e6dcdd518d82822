package org.tierstock.sales.domain;

/**
 * One line of an order. Quantities are whole units.
 *
 * @param line from 1
 * @param key the stock it takes; kept as it was at the order, whatever becomes of the channel's defaults
 * @param quantity what was ordered
 * @param cancelled what was cancelled before payment
 * @param reversed what came back after payment
 * @param pendingCancel what dispatch was or will be asked to cancel and has not answered for
 */
public record OrderLine(
        int line, StockKey key, long quantity, LineState state, long cancelled, long reversed, long pendingCancel) {

    /** A line as it is ordered. */
    static OrderLine placed(int line, StockKey key, long quantity) {
        return new OrderLine(line, key, quantity, LineState.PLACED, 0, 0, 0);
    }

    /** What a payment takes, an expiry gives back. */
    public long remaining() {
        return quantity - cancelled;
    }

    /**
     * The most that a further cancel may ask for (protocol 11.3). A shortage that was given up may have taken units that an
     * open cancel still asks for.
     */
    public long cancellable() {
        return Math.max(0, quantity - cancelled - reversed - pendingCancel);
    }

    OrderLine in(LineState next) {
        return new OrderLine(line, key, quantity, next, cancelled, reversed, pendingCancel);
    }

    OrderLine cancelledBeforePayment(long units) {
        LineState next = cancelled + units == quantity ? LineState.CANCELLED : state;
        return new OrderLine(line, key, quantity, next, cancelled + units, reversed, pendingCancel);
    }

    OrderLine withPendingCancel(long change) {
        return new OrderLine(line, key, quantity, state, cancelled, reversed, pendingCancel + change);
    }

    OrderLine reversed(long units) {
        return new OrderLine(line, key, quantity, state, cancelled, reversed + units, pendingCancel);
    }
}
