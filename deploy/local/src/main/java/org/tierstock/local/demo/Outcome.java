package org.tierstock.local.demo;

import org.tierstock.local.demo.OwnBooks.Line;
import org.tierstock.local.demo.OwnBooks.Order;
import org.tierstock.local.demo.OwnBooks.Stage;
import org.tierstock.local.demo.SalesClient.OrderSeen;

/**
 * What became of one acknowledged order in the end, in units.
 *
 * @param paid what was left to pay for when it was paid; 0 when it never was
 * @param shipped what the warehouses were told to ship
 * @param reversed what came back after payment and was not shipped, by cancellation or for want of goods
 * @param shortUnits the part of it that nobody had cancelled
 */
record Outcome(Order order, long paid, long shipped, long reversed, long shortUnits) {

    /**
     * The outcome of an order.
     *
     * @param seen the order as the sales layer has it; null when it has none
     */
    static Outcome of(Order order, OrderSeen seen) {
        long paid = 0;
        long reversed = 0;
        long shortUnits = 0;
        if (order.stage() == Stage.PAID) {
            for (Line line : order.lines()) {
                paid += line.payable();
                long back =
                        seen == null ? 0 : seen.lines().get(line.number() - 1).reversed();
                reversed += back;
                shortUnits += Math.max(0, back - line.cancelAsked());
            }
        }
        return new Outcome(order, paid, order.shippedUnits(), reversed, shortUnits);
    }

    /** All of it was taken back by the customer, before payment or after it. */
    boolean cancelled() {
        return order.stage() == Stage.CANCELLED || paid > 0 && reversed == paid && shortUnits == 0;
    }

    boolean expired() {
        return order.abandoned();
    }

    boolean refunded() {
        return order.stage() == Stage.REFUNDED;
    }

    boolean wasPaid() {
        return order.stage() == Stage.PAID;
    }

    boolean leftTheHouse() {
        return shipped > 0;
    }

    boolean wasShort() {
        return shortUnits > 0;
    }
}
