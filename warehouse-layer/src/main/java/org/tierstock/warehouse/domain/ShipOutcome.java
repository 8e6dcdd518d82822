package org.tierstock.warehouse.domain;

/** The answer to a shipment. */
public sealed interface ShipOutcome {
    /** Posted, now or before. */
    record Shipped(ShippedGoods goods, boolean replayed) implements ShipOutcome {}

    /** Less is locked than is to be shipped. Nothing moved. */
    record NotLocked(long asked, long locked) implements ShipOutcome {}

    /** There is no such outbound. */
    record UnknownOutbound() implements ShipOutcome {}

    /** The number was used before with other content. */
    record DocumentReused() implements ShipOutcome {}
}
