package org.tierstock.runtime.check;

import java.util.function.LongConsumer;

/** What a run does: it compares, and changes nothing. */
public interface Check {
    /** Which of the two. */
    enum Kind {
        /** The books against their ledger. */
        AUDIT("AU"),
        /** This layer against its peer. */
        RECONCILIATION("RC");

        private final String document;

        Kind(String document) {
            this.document = document;
        }

        /** What numbers of its runs begin with. */
        String document() {
            return document;
        }
    }

    /** What was found. */
    @FunctionalInterface
    interface Result {
        /** Stores it under the run's number, in the transaction that ends the run. */
        void store(String number);
    }

    /** Its kind. */
    Kind kind();

    /**
     * Compares, in memory that does not grow with what is compared. Not within a transaction.
     *
     * @param part what of it
     * @param compared is told now and then how many keys have been compared so far; what it throws ends the run
     */
    Result run(Part part, LongConsumer compared);
}
