package org.tierstock.integration.fuzz;

/** The campaign itself cannot go on. */
final class FuzzFailure extends RuntimeException {
    FuzzFailure(String message) {
        super(message);
    }

    FuzzFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
