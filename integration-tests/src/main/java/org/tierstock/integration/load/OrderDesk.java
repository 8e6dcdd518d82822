package org.tierstock.integration.load;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A way to the orders of the sales layer. Each document is asked about until it is answered, and has its own answer. */
interface OrderDesk {
    /** The code of a refusal for want of stock. */
    String NO_STOCK = "INSUFFICIENT_STOCK";

    /** The code of a refusal because the order is not known. */
    String NO_ORDER = "NOT_FOUND";

    /**
     * What was answered to a document.
     *
     * @param said none when there is no such order: it is refused for want of stock, or not known
     * @param replayed whether the document had been there before
     * @param doubtful whether an earlier try at it, which was not answered, may still be under way
     */
    record Told<T>(Optional<T> said, boolean replayed, boolean doubtful) {
        static <T> Told<T> noOrder(boolean doubtful) {
            return new Told<>(Optional.empty(), false, doubtful);
        }
    }

    /**
     * A cancellation.
     *
     * @param lines units by line; empty: everything that is left
     */
    record Cancellation(KeptOrder order, String number, Map<Integer, Long> lines) {
        static final String REASON = "BUYER";
    }

    /** What has become of a line's units that were to be cancelled. */
    record CancelledLine(int line, long done, long refused, long pending) {}

    /**
     * Places orders.
     *
     * @return their numbers
     */
    List<Told<String>> place(List<KeptOrder> orders);

    /** Pays orders. */
    List<Told<KeptOrder.Payment>> pay(List<KeptOrder> orders);

    /** Cancels orders, or parts of them. */
    List<Told<List<CancelledLine>>> cancel(List<Cancellation> cancellations);
}
