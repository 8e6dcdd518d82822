package org.tierstock.warehouse.domain;

/** The answer to a LockStock for one outbound. Stored with the outbound and repeated for ever. */
public sealed interface LockOutcome {
    /**
     * Decided, now or before.
     *
     * @param locked 0 to the quantity asked: what could be locked when it was decided
     * @param at last number of the warehouse's stream in the SKU's partition when it was decided
     */
    record Answered(long locked, long at) implements LockOutcome {}

    /** The outbound was answered and finished long ago and its row may be gone (protocol 11.7). Nothing moved. */
    record Stale() implements LockOutcome {}
}
