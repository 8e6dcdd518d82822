package org.tierstock.local.demo;

import java.util.List;
import org.tierstock.local.demo.Event.GoodsDelivered;

/** A dataset as a market and what happened in it. Reading it twice gives the same, event for event. */
interface Scenario {
    /** What the report calls it. */
    String title();

    Market market();

    /** What was delivered before the first order, in time order. */
    List<GoodsDelivered> opening();

    /**
     * Everything from the day of the first order on, in time order, with at most the asked number of orders; an event
     * of an order follows the order's placing.
     */
    List<Event> events();
}
