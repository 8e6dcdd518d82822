package org.tierstock.runtime.posting;

/** A bound is reached, of places or of waiting. Nothing was done; the caller may come back in a moment. */
public final class Overloaded extends RuntimeException {
    public Overloaded(String message) {
        super(message, null, false, false);
    }
}
