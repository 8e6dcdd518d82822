package org.tierstock.local;

/** The platform cannot do what was asked. The message is written for the person at the terminal. */
public final class PlatformFailure extends RuntimeException {

    public PlatformFailure(String message) {
        super(message);
    }

    public PlatformFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
