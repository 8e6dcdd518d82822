package org.tierstock.integration.load;

/** The load cannot go on, or the layers do not come to rest. */
public final class LoadFailure extends RuntimeException {
    public LoadFailure(String message) {
        super(message);
    }

    public LoadFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
