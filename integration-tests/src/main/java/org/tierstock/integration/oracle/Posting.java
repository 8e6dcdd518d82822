package org.tierstock.integration.oracle;

/** What the ledger says happened to the key, in the order in which it happened. */
sealed interface Posting {
    /** A request moved stock: the document is {@link Request#document()}. */
    record Moved(String document) implements Posting {}

    /** Units came from the layer below, or went back to it (negative). */
    record Supplied(String document, long units) implements Posting {}
}
