package org.tierstock.runtime.posting;

/** The bounded queue is full. Nothing was done; the caller may come back in a moment. */
public final class Overloaded extends RuntimeException {
    public Overloaded(String message) {
        super(message, null, false, false);
    }
}
