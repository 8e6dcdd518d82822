package org.tierstock.integration.oracle;

/** A history cannot be made. */
final class OracleFailure extends RuntimeException {
    OracleFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
