package org.tierstock.warehouse.domain;

import java.util.Objects;
import java.util.TreeMap;
import org.tierstock.movements.Action;
import org.tierstock.movements.Book;
import org.tierstock.movements.Cell;
import org.tierstock.movements.Code;
import org.tierstock.movements.DocumentKind;
import org.tierstock.movements.DocumentLine;
import org.tierstock.movements.InvalidValue;
import org.tierstock.movements.Movement;
import org.tierstock.movements.Quantity;

/**
 * 出库单: what the dispatch layer asks this warehouse to keep for one order line and to ship.
 *
 * @param outbound the dispatch layer's id, the idempotency key
 * @param number counted by the dispatch layer per warehouse, from 1
 * @param order the sales order
 * @param cell its node is the warehouse
 * @param quantity whole units, at least 1
 * @param addressReference opaque, no personal data; empty when there is none
 * @param traceParent W3C trace context of the request that placed the order; empty when there is none
 * @param asker the transaction that asks
 */
public record OutboundOrder(
        String outbound,
        long number,
        String order,
        int orderLine,
        Cell cell,
        long quantity,
        String addressReference,
        String shipRegion,
        String deliveryMethod,
        String traceParent,
        PeerJournal asker) {
    public OutboundOrder {
        Code.number("outbound", outbound);
        if (number < 1) {
            throw new InvalidValue("number", "must be at least 1");
        }
        Code.number("order", order);
        if (orderLine < 0) {
            throw new InvalidValue("orderLine", "must not be negative");
        }
        Objects.requireNonNull(cell, "cell");
        Quantity.positive("quantity", quantity);
        addressReference = Code.opaque("addressReference", addressReference);
        shipRegion = Code.opaque("shipRegion", shipRegion);
        deliveryMethod = Code.opaque("deliveryMethod", deliveryMethod);
        traceParent = Code.opaque("traceParent", traceParent);
        Objects.requireNonNull(asker, "asker");
    }

    /** The warehouse that is asked. */
    public String warehouse() {
        return cell.node().node();
    }

    /** What must be locked before this order is decided. */
    public StockHead head() {
        return new StockHead(warehouse(), cell.sku());
    }

    /**
     * Locks as much as there is, AVAILABLE -> LOCKED, in the order of the sequence (S46, protocol 5). What is not there
     * is refused for ever; a second try is another outbound.
     *
     * @param at last number of the warehouse's stream in the SKU's partition, read after the stock was locked
     */
    public Outbound lock(PickSequence sequence, long at, Book<StockKey, WarehouseBucket> book) {
        DocumentLine because = new DocumentLine(DocumentKind.OUTBOUND_ORDER, outbound, 0);
        TreeMap<Place, Long> rows = new TreeMap<>();
        long missing = quantity;
        for (StockKey key : sequence.of(cell)) {
            long taken = Math.min(missing, book.balance(key, WarehouseBucket.AVAILABLE));
            if (taken > 0) {
                book.post(Movement.within(
                        Action.LOCK, key, WarehouseBucket.AVAILABLE, WarehouseBucket.LOCKED, taken, because));
                rows.put(new Place(key.batch(), key.location(), false), taken);
                missing -= taken;
            }
            if (missing == 0) {
                break;
            }
        }
        return new Outbound(this, at, missing, 0, 0, 0, rows);
    }
}
