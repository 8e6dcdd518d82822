package org.tierstock.runtime.posting;

/** The transaction may or may not have been committed. The caller asks again with the same document number. */
public final class OutcomeUnknown extends RuntimeException {
    public OutcomeUnknown(Throwable cause) {
        super("The outcome is not known; ask again with the same number", cause);
    }
}
