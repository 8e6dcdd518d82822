package org.tierstock.integration.load;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A way to the orders of the sales layer. Each document is asked about until it is answered, and has its own answer. */
interface OrderDesk {
    /** The code of a refusal for want of stock. */
    String NO_STOCK = "INSUFFICIENT_STOCK";

    /**
     * What was answered to a document.
     *
     * @param replayed whether the document had been there before
     */
    record Told<T>(T said, boolean replayed) {}

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
     * @return their numbers; none for one that is refused for want of stock
     */
    List<Told<Optional<String>>> place(List<KeptOrder> orders);

    /** Pays orders. */
    List<Told<KeptOrder.Payment>> pay(List<KeptOrder> orders);

    /** Cancels orders, or parts of them. */
    List<Told<List<CancelledLine>>> cancel(List<Cancellation> cancellations);
}
