package org.tierstock.warehouse.domain;

/** The answer to a cancel request. Stored with the request and repeated for ever. */
public sealed interface ReleaseOutcome {
    /**
     * Decided, now or before.
     *
     * @param released 0 to the units asked
     */
    record Released(long released) implements ReleaseOutcome {}

    /** This warehouse has no such outbound. Nothing moved and nothing is stored. */
    record UnknownOutbound() implements ReleaseOutcome {}
}
