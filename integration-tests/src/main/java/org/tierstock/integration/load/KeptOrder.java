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

    /** What was acknowledged of the payment. */
    enum Payment {
        NONE,
        PAID,
        REFUND_DUE
    }

    private final Market.Channel channel;
    private final String channelOrderNumber;
    private final Map<Integer, Line> lines = new LinkedHashMap<>();
    private Payment payment = Payment.NONE;
    private int cancellations;

    KeptOrder(Market.Channel channel, String channelOrderNumber) {
        this.channel = channel;
        this.channelOrderNumber = channelOrderNumber;
    }

    String number() {
        return channel.code() + ':' + channelOrderNumber;
    }

    String channelOrderNumber() {
        return channelOrderNumber;
    }

    String paymentNumber() {
        return "P-" + documentNumber();
    }

    /** The number of a cancellation as the order is now: there is one at most before payment, and one after. */
    String cancellationNumber() {
        return "X-" + documentNumber() + (paid() ? "-PAID" : "");
    }

    /** Numbers of documents have no colon. */
    private String documentNumber() {
        return channel.code() + '-' + channelOrderNumber;
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

    /** None of what was acknowledged counts from now on, until it is answered again. */
    void forgetAnswers() {
        lines.replaceAll((number, line) -> new Line(line.sku, line.quantity));
        payment = Payment.NONE;
        cancellations = 0;
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

    @Override
    public String toString() {
        return number();
    }
}
