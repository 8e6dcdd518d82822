package org.tierstock.sales.domain;

import java.util.List;
import org.tierstock.movements.Sku;

/** What became of an order asked for. Only a placed order is kept: a refused one may be asked again. */
public sealed interface PlaceOutcome {
    /**
     * All lines are placed, and locked where the mode says so.
     *
     * @param replayed true when the order had been placed before; it is shown as it is now
     */
    record Placed(Order order, boolean replayed) implements PlaceOutcome {}

    /** At least one line cannot be served; no line was placed. */
    record InsufficientStock(List<Shortage> shortages) implements PlaceOutcome {}

    /** The number was used before, with other content. */
    record DocumentReused(OrderNumber number) implements PlaceOutcome {}

    /** There is no such channel. */
    record UnknownChannel(String channel) implements PlaceOutcome {}

    /** Neither the order nor its channel says where to ship to. */
    record MissingShipRegion(String channel) implements PlaceOutcome {}

    /**
     * What is missing of one stock key.
     *
     * @param asked units of all lines of that key
     * @param sellable units that could be had
     */
    record Shortage(Sku sku, long asked, long sellable) {}
}
