package org.tierstock.movements.protocol;

import java.util.ArrayList;
import java.util.List;
import org.tierstock.movements.Cell;
import org.tierstock.movements.ChannelKey;

/** Sales or a warehouse to dispatch. */
public sealed interface ToDispatch extends Message {

    /** Sales to dispatch. */
    sealed interface FromSales extends ToDispatch {
        /** The channel key that the message is about. */
        ChannelKey key();

        @Override
        default String stream() {
            return Streams.SALES_TO_DISPATCH;
        }

        @Override
        default int partition() {
            return key().sku().partition();
        }

        @Override
        default String subject() {
            return key().text();
        }
    }

    /** A warehouse to dispatch. Every change of a warehouse's book is one of these. */
    sealed interface FromWarehouse extends ToDispatch {
        /** The warehouse that speaks. */
        String warehouse();

        /** The cells whose book it changes; the first one names its partition. All have the same SKU partition. */
        List<Cell> cells();

        @Override
        default String stream() {
            return Streams.fromWarehouse(warehouse());
        }

        @Override
        default int partition() {
            return cells().getFirst().sku().partition();
        }

        @Override
        default String subject() {
            return cells().getFirst().text();
        }
    }

    /**
     * What sales gave back of a revocation.
     *
     * @param taken whole units, 0 to what was asked
     */
    record RevocationSettled(String revocation, ChannelKey key, long taken) implements FromSales {
        @Override
        public String businessKey() {
            return revocation;
        }

        @Override
        public List<Effect> effects() {
            return taken == 0 ? List.of() : List.of(new Effect(key.text(), -taken));
        }
    }

    /**
     * A paid order line leaves sales. Carried by gRPC, numbered like any message.
     *
     * @param quantity whole units, at least 1
     * @param traceParent W3C trace context of the request that placed the order
     * @param sheet what sales would need to know again of the order, were its database set back; opaque, and empty on all but
     *     one of the lines that are carried together
     */
    record HandOver(
            String order,
            int orderLine,
            ChannelKey key,
            long quantity,
            String shipRegion,
            String deliveryMethod,
            String addressReference,
            String traceParent,
            String sheet)
            implements FromSales {
        /** The most characters of a sheet: three bytes each fit into a call, also when they are escaped in a message. */
        public static final int MAX_SHEET = 500_000;

        @Override
        public String businessKey() {
            return order + '/' + orderLine;
        }

        @Override
        public List<Effect> effects() {
            return List.of(new Effect(key.text(), -quantity));
        }
    }

    /** Why goods were received. */
    enum ReceiptCause {
        PURCHASE
    }

    /**
     * Goods arrived (S49): EXTERNAL -> AVAILABLE good, UNAVAILABLE bad.
     *
     * @param receiptLine the receipt's number and line
     * @param sheet what the warehouse would need to know again, were its database set back; opaque
     */
    record GoodsReceived(
            String warehouse, String receiptLine, Cell cell, long good, long bad, ReceiptCause cause, String sheet)
            implements FromWarehouse {
        @Override
        public String businessKey() {
            return receiptLine;
        }

        @Override
        public List<Cell> cells() {
            return List.of(cell);
        }

        @Override
        public List<Effect> effects() {
            return List.of(new Effect(cell.text(), Math.addExact(good, bad)));
        }
    }

    /**
     * Goods left: LOCKED -> EXTERNAL.
     *
     * @param shipmentLine the shipment's number and line
     * @param outbound the dispatch layer's outbound id
     */
    record GoodsShipped(String warehouse, String shipmentLine, String outbound, Cell cell, long quantity, String batch)
            implements FromWarehouse {
        @Override
        public String businessKey() {
            return shipmentLine;
        }

        @Override
        public List<Cell> cells() {
            return List.of(cell);
        }

        @Override
        public List<Effect> effects() {
            return List.of(new Effect(cell.text(), -quantity));
        }
    }

    /**
     * One cell's share of a change of stock.
     *
     * @param available units that its available stock gains or loses; locks lost are not in it
     * @param unavailable units that its unsellable stock gains or loses
     * @param sheet what the warehouse would need to know again, were its database set back; opaque
     */
    record Side(Cell cell, long available, long unavailable, String sheet) {}

    /** Units that a counted loss takes out of an outbound's lock. */
    record LostLock(String outbound, long quantity) {}

    /** Stock changed without a receipt or shipment: count, damage, write-off, change of quality (protocol 11.1). */
    record StockChanged(String warehouse, String documentLine, List<Side> sides, List<LostLock> lostLocks)
            implements FromWarehouse {
        public StockChanged {
            sides = List.copyOf(sides);
            lostLocks = List.copyOf(lostLocks);
        }

        @Override
        public String businessKey() {
            return documentLine;
        }

        @Override
        public List<Cell> cells() {
            return sides.stream().map(Side::cell).toList();
        }

        /** A lost lock belongs to the first side's cell. */
        @Override
        public List<Effect> effects() {
            List<Effect> effects = new ArrayList<>();
            for (int i = 0; i < sides.size(); i++) {
                Side side = sides.get(i);
                long change = Math.addExact(side.available(), side.unavailable());
                if (i == 0) {
                    for (LostLock lock : lostLocks) {
                        change = Math.subtractExact(change, lock.quantity());
                    }
                }
                if (change != 0) {
                    effects.add(new Effect(side.cell().text(), change));
                }
            }
            return List.copyOf(effects);
        }
    }
}
