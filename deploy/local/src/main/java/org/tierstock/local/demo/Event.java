package org.tierstock.local.demo;

import java.time.LocalDateTime;
import java.util.List;

/** Something that happened at the retailer, at a time of its own calendar. */
sealed interface Event {
    LocalDateTime at();

    /**
     * What a truck brought to one node.
     *
     * @param missingUnits what was ordered from the supplier and did not come
     * @param lines none, when nothing came
     */
    record GoodsDelivered(
            LocalDateTime at, String receipt, String node, String owner, long missingUnits, List<DeliveredLine> lines)
            implements Event {}

    /** Goods of one product at one location: whole cases and units beside them. */
    record DeliveredLine(String sku, String location, String batch, long cases, long looseUnits, int unitsPerCase) {
        /** What came, in units. */
        long units() {
            return cases * unitsPerCase + looseUnits;
        }
    }

    /** Something that an order goes through. */
    sealed interface OfOrder extends Event {
        String order();
    }

    /**
     * A customer orders. One line per SKU.
     *
     * @param holdSeconds 0: the channel's default
     */
    record OrderPlaced(
            LocalDateTime at,
            String channel,
            String number,
            String shipRegion,
            int holdSeconds,
            List<OrderedLine> lines)
            implements OfOrder {
        @Override
        public String order() {
            return channel + ':' + number;
        }
    }

    record OrderedLine(String sku, long units) {}

    /** The customer pays what is left of the order. */
    record OrderPaid(LocalDateTime at, String order) implements OfOrder {}

    /**
     * The customer takes an order back.
     *
     * @param paid whether the order had been paid by then
     * @param lines what is cancelled; empty: everything
     */
    record OrderCancelled(
            LocalDateTime at, String order, String number, String reason, boolean paid, List<OrderedLine> lines)
            implements OfOrder {}

    /** Somebody counted: {@code deltaUnits} more (found) or fewer (lost, broken) of a SKU than booked. */
    record Counted(LocalDateTime at, String number, String sku, long deltaUnits) implements Event {}

    /** Goods came back after they had been delivered: seen in the data, and not booked by this demo. */
    record GoodsReturned(LocalDateTime at, String sku, long units) implements Event {}
}
