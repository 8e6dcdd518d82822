package org.tierstock.local.demo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.tierstock.local.demo.Event.OrderPlaced;
import org.tierstock.local.demo.Event.OrderedLine;
import org.tierstock.local.demo.SalesClient.CancelledLine;

/**
 * The demo's own books: what it brought, sold, cancelled, counted and shipped, written down from the acknowledgements of
 * its own documents only. What the layers say at the end is held against them.
 */
final class OwnBooks {
    /** How far an order has come, as its customer knows it. */
    enum Stage {
        PLACED,
        PAID,
        /** The payment was answered with a refund. */
        REFUNDED,
        /** All of it was cancelled before payment. */
        CANCELLED
    }

    /** An order that was acknowledged. Only one client works on an order at a time, and the warehouses beside it. */
    static final class Order {
        private final OrderPlaced placed;
        private final int chapter;
        private final List<Line> lines = new ArrayList<>();
        private Stage stage = Stage.PLACED;
        private String refundReason = "";

        private Order(OrderPlaced placed, int chapter) {
            this.placed = placed;
            this.chapter = chapter;
            for (OrderedLine line : placed.lines()) {
                lines.add(new Line(lines.size() + 1, line.sku(), line.units()));
            }
        }

        String number() {
            return placed.order();
        }

        /** The part of the replay in which it was placed. */
        int chapter() {
            return chapter;
        }

        synchronized Stage stage() {
            return stage;
        }

        /** True when the customer was given a short time to pay, and never did. */
        synchronized boolean abandoned() {
            return stage == Stage.PLACED && placed.holdSeconds() > 0;
        }

        List<Line> lines() {
            return lines;
        }

        /** Units that a cancellation can still take. */
        synchronized long cancellable(Line line) {
            return stage == Stage.REFUNDED ? 0 : line.units - line.cancelledUnpaid - line.cancelAsked;
        }

        /** True when the layers below were asked to cancel something after payment. */
        synchronized boolean askedToCancel() {
            return lines.stream().anyMatch(line -> line.cancelAsked > 0);
        }

        synchronized void paid() {
            stage = Stage.PAID;
        }

        synchronized void refunded(String reason) {
            stage = Stage.REFUNDED;
            refundReason = reason;
        }

        /** Why the payment was answered with a refund; empty when it was not. */
        synchronized String refundReason() {
            return refundReason;
        }

        synchronized void cancelled(List<CancelledLine> answers) {
            for (CancelledLine answer : answers) {
                Line line = lines.get(answer.line() - 1);
                line.cancelledUnpaid += answer.done();
                line.cancelAsked += answer.pending();
            }
            if (stage == Stage.PLACED && lines.stream().allMatch(line -> line.cancelledUnpaid == line.units)) {
                stage = Stage.CANCELLED;
            }
        }

        synchronized void shipped(int line, long units) {
            lines.get(line - 1).shipped += units;
        }

        /** Units that left in parcels. */
        synchronized long shippedUnits() {
            return lines.stream().mapToLong(line -> line.shipped).sum();
        }
    }

    /** One line of an acknowledged order, in units. */
    static final class Line {
        private final int number;
        private final String sku;
        private final long units;
        private long cancelledUnpaid;
        private long cancelAsked;
        private long shipped;

        private Line(int number, String sku, long units) {
            this.number = number;
            this.sku = sku;
            this.units = units;
        }

        int number() {
            return number;
        }

        String sku() {
            return sku;
        }

        long units() {
            return units;
        }

        long cancelledUnpaid() {
            return cancelledUnpaid;
        }

        /** What the layers below were asked to cancel after payment; how much of it they did, they tell later. */
        long cancelAsked() {
            return cancelAsked;
        }

        long shipped() {
            return shipped;
        }

        /** What a payment takes. */
        long payable() {
            return units - cancelledUnpaid;
        }
    }

    /** What came, was found, was lost and left of one SKU, in units. */
    static final class Goods {
        private final LongAdder received = new LongAdder();
        private final LongAdder gained = new LongAdder();
        private final LongAdder lost = new LongAdder();
        private final LongAdder shipped = new LongAdder();

        long received() {
            return received.sum();
        }

        long gained() {
            return gained.sum();
        }

        long lost() {
            return lost.sum();
        }

        long shipped() {
            return shipped.sum();
        }

        /** What must be on the shelves. */
        long onHand() {
            return received() + gained() - lost() - shipped();
        }
    }

    private final Map<String, Order> orders = new ConcurrentHashMap<>();
    private final Map<String, Goods> goodsBySku = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> refusedByReason = new ConcurrentHashMap<>();
    private final LongAdder cutBaskets = new LongAdder();
    private final LongAdder unitsMissingFromSuppliers = new LongAdder();
    private final LongAdder unitsReturned = new LongAdder();
    private final LongAdder returns = new LongAdder();
    private final LongAdder documents = new LongAdder();

    void received(String sku, long units) {
        goods(sku).received.add(units);
    }

    void missingFromSupplier(long units) {
        unitsMissingFromSuppliers.add(units);
    }

    /** A count found more units than were booked, or fewer. */
    void counted(String sku, long difference) {
        if (difference > 0) {
            goods(sku).gained.add(difference);
        } else {
            goods(sku).lost.add(-difference);
        }
    }

    /** Goods came back that this demo cannot book. */
    void returned(long units) {
        returns.increment();
        unitsReturned.add(units);
    }

    /** One document was acknowledged. */
    void documented() {
        documents.increment();
    }

    void placed(OrderPlaced order, int chapter, boolean cut) {
        orders.put(order.order(), new Order(order, chapter));
        if (cut) {
            cutBaskets.increment();
        }
    }

    void refused(String reason) {
        refusedByReason.computeIfAbsent(reason, r -> new LongAdder()).increment();
    }

    void shipped(String order, int line, long units) {
        Order shipped = order(order);
        shipped.shipped(line, units);
        goods(shipped.lines().get(line - 1).sku()).shipped.add(units);
    }

    /** The order of that number; null when it was refused. */
    Order order(String number) {
        return orders.get(number);
    }

    Collection<Order> orders() {
        return orders.values();
    }

    Set<String> skus() {
        return new TreeSet<>(goodsBySku.keySet());
    }

    Goods goods(String sku) {
        return goodsBySku.computeIfAbsent(sku, s -> new Goods());
    }

    Map<String, Long> refusedByReason() {
        Map<String, Long> refused = new TreeMap<>();
        refusedByReason.forEach((reason, count) -> refused.put(reason, count.sum()));
        return refused;
    }

    /** Orders that took less than was first asked for. */
    long cutBaskets() {
        return cutBaskets.sum();
    }

    long unitsMissingFromSuppliers() {
        return unitsMissingFromSuppliers.sum();
    }

    long returns() {
        return returns.sum();
    }

    long unitsReturned() {
        return unitsReturned.sum();
    }

    long documents() {
        return documents.sum();
    }
}
