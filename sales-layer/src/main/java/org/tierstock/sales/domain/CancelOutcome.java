package org.tierstock.sales.domain;

/** What became of a cancellation. A line that could not be cancelled is a result of its own, not a refusal of the whole. */
public sealed interface CancelOutcome {
    /** The cancellation is recorded; each line says what was done, refused and is pending. */
    record Cancelled(Cancellation cancellation, boolean replayed) implements CancelOutcome {}

    /** There is no such order. */
    record UnknownOrder(OrderNumber order) implements CancelOutcome {}

    /** The order has no such line. */
    record UnknownLine(OrderNumber order, int line) implements CancelOutcome {}

    /** The cancellation's number was used before, with other content. */
    record DocumentReused(String document) implements CancelOutcome {}
}
