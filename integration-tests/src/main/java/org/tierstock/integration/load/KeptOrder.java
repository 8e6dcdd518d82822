package org.tierstock.integration.load;

import java.util.LinkedHashMap;
import java.util.Map;

/** An order that was acknowledged, and what was acknowledged of it since. One customer writes it. */
final class KeptOrder {
    /** What a customer knows of a line, in units. */
    static final class Line {
        final String sku;
        final long quantity;
        private long cancelledUnpaid;
        private long cancelAsked;

        Line(String sku, long quantity) {
            this.sku = sku;
            this.quantity = quantity;
        }

        /** Cancelled before payment: gone at once. */
        long cancelledUnpaid() {
            return cancelledUnpaid;
        }

        /** Asked to be cancelled after payment, and not refused at once. */
        long cancelAsked() {
            return cancelAsked;
        }

        /** What a payment takes. */
        long payable() {
            return quantity - cancelledUnpaid;
        }

        void cancelled(long done, long pending) {
            cancelledUnpaid += done;
            cancelAsked += pending;
        }
    }

    /** A document that was answered, and what must not change of its answer while it is known. */
    record Document(Kind kind, String path, Map<String, Object> body) {
        enum Kind {
            ORDER,
            PAYMENT,
            CANCELLATION
        }
    }

    /** What was acknowledged of the payment. */
    enum Payment {
        NONE,
        PAID,
        REFUND_DUE
    }

    private final String number;
    private final Market.Channel channel;
    private final Map<Integer, Line> lines = new LinkedHashMap<>();
    private Payment payment = Payment.NONE;
    private int cancellations;
    private final Map<Document, String> answered = new LinkedHashMap<>();

    KeptOrder(String number, Market.Channel channel) {
        this.number = number;
        this.channel = channel;
    }

    String number() {
        return number;
    }

    Market.Channel channel() {
        return channel;
    }

    Map<Integer, Line> lines() {
        return lines;
    }

    Payment payment() {
        return payment;
    }

    boolean paid() {
        return payment == Payment.PAID;
    }

    void paid(Payment answered) {
        payment = answered;
    }

    /** Keeps a document with its answer. */
    void keep(Document document, String answer) {
        answered.put(document, answer);
    }

    String answerOf(Document document) {
        return answered.get(document);
    }

    /** The documents in their order, and how they were answered, none of which counts from now on. */
    Map<Document, String> forgetAnswers() {
        Map<Document, String> before = new LinkedHashMap<>(answered);
        answered.clear();
        lines.replaceAll((number, line) -> new Line(line.sku, line.quantity));
        payment = Payment.NONE;
        cancellations = 0;
        return before;
    }

    /** Cancellations that were acknowledged, whatever they came to. */
    int cancellations() {
        return cancellations;
    }

    void cancellationAnswered() {
        cancellations++;
    }

    /** Whether every unit was cancelled before payment. */
    boolean cancelled() {
        return lines.values().stream().allMatch(line -> line.payable() == 0);
    }
}
