package org.tierstock.warehouse.domain;

/**
 * Why a line of a well-formed document cannot be accepted.
 *
 * @param line the line's number
 * @param field what is wrong in it, in the caller's spelling
 * @param value the value that is wrong
 */
public record LineFault(int line, Reason reason, String field, String value) {
    /** The kinds of fault. Part of the interface. */
    public enum Reason {
        /** No such warehouse, SKU, owner or location. */
        UNKNOWN_CODE,
        /** Goods cannot become available at a staging location. */
        STAGING_LOCATION,
        /** The batch is known with another expiry. */
        BATCH_EXPIRY_DIFFERS,
        /** Cases and units together are more than a line may hold. */
        TOO_MANY_UNITS
    }
}
