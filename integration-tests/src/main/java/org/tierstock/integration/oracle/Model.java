package org.tierstock.integration.oracle;

import java.util.HashMap;
import java.util.Map;

/** One stock key, one request at a time. Orders lock stock when they are placed and do not expire. */
final class Model {
    private long sellable;
    private final Map<String, Order> orders = new HashMap<>();
    private final Map<String, String> payments = new HashMap<>();
    private final Map<String, Cancellation> cancellations = new HashMap<>();

    private record Cancellation(Request.Cancel request, String content) {}

    private static final class Order {
        private final long units;
        private long givenBack;
        private boolean paid;

        private Order(long units) {
            this.units = units;
        }

        private long left() {
            return units - givenBack;
        }

        private String state() {
            return paid ? "PAID" : left() == 0 ? "CANCELLED" : "PLACED";
        }
    }

    /** An answer, and what changes when it is given. */
    record Step(Answer answer, boolean movesStock, Runnable change) {
        /** Whether it leaves everything as it is. */
        boolean changesNothing() {
            return change == null;
        }

        void take() {
            if (change != null) {
                change.run();
            }
        }
    }

    /** What the request would be answered now, and would change. */
    Step ask(Request request) {
        return switch (request) {
            case Request.Place place -> place(place);
            case Request.Pay pay -> pay(pay);
            case Request.Cancel cancel -> cancel(cancel);
            case Request.Show show -> {
                Order order = orders.get(show.order());
                yield only(order == null ? unknownOrder() : Answer.known(order.state()));
            }
            case Request.Look look -> only(Answer.known("sellable " + sellable));
        };
    }

    private Step place(Request.Place place) {
        Order before = orders.get(place.order());
        if (before != null) {
            return only(
                    before.units == place.units() ? Answer.known("placed") : Answer.refused(409, "DOCUMENT_REUSED"));
        }
        if (place.units() > sellable) {
            return only(Answer.refused(409, "INSUFFICIENT_STOCK asked " + place.units() + " sellable " + sellable));
        }
        return new Step(Answer.done("placed"), true, () -> {
            sellable -= place.units();
            orders.put(place.order(), new Order(place.units()));
        });
    }

    private Step pay(Request.Pay pay) {
        String before = payments.get(pay.payment());
        if (before != null) {
            return only(Answer.known(before));
        }
        Order order = orders.get(pay.order());
        if (order == null) {
            return only(unknownOrder());
        }
        if (order.paid) {
            return only(Answer.refused(409, "ALREADY_PAID"));
        }
        boolean cancelled = order.left() == 0;
        String content = cancelled ? "REFUND_DUE ORDER_CANCELLED" : "PAID";
        return new Step(Answer.done(content), !cancelled, () -> {
            payments.put(pay.payment(), content);
            order.paid = !cancelled;
        });
    }

    private Step cancel(Request.Cancel cancel) {
        Cancellation before = cancellations.get(cancel.cancellation());
        if (before != null) {
            return only(
                    before.request().equals(cancel)
                            ? Answer.known(before.content())
                            : Answer.refused(409, "DOCUMENT_REUSED"));
        }
        Order order = orders.get(cancel.order());
        if (order == null) {
            return only(unknownOrder());
        }
        long asked = cancel.units() == 0 ? order.left() : cancel.units();
        long possible = Math.min(asked, order.left());
        String content = "cancelled " + possible + " refused " + (asked - possible);
        // What is paid comes back when the layer below says so.
        boolean atOnce = !order.paid && possible > 0;
        return new Step(Answer.done(content), atOnce, () -> {
            cancellations.put(cancel.cancellation(), new Cancellation(cancel, content));
            order.givenBack += possible;
            if (atOnce) {
                sellable += possible;
            }
        });
    }

    /** Units come from below, or go back (negative). */
    void supply(long units) {
        sellable += units;
    }

    /** Never below zero, or more was sold than there was. */
    long sellable() {
        return sellable;
    }

    private static Step only(Answer answer) {
        return new Step(answer, false, null);
    }

    private static Answer unknownOrder() {
        return Answer.refused(404, "NOT_FOUND");
    }
}
