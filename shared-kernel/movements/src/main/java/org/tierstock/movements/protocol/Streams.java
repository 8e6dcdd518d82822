package org.tierstock.movements.protocol;

import org.tierstock.movements.Code;

/** The names of the streams. Each is numbered contiguously per stock partition. */
public final class Streams {
    /** Dispatch to sales: grants, revocations, reversals. */
    public static final String DISPATCH_TO_SALES = "D>S";
    /** Sales to dispatch: settlements and hand-overs. */
    public static final String SALES_TO_DISPATCH = "S>D";

    private static final String WAREHOUSE_TO_DISPATCH = "W>D:";
    private static final String OUTBOUNDS_OF_WAREHOUSE = "D>W:";

    private Streams() {}

    /** The layer that sends a stream: sales, dispatch or warehouse; empty for what is no stream of messages. */
    public static String senderOf(String stream) {
        return switch (stream) {
            case SALES_TO_DISPATCH -> "sales";
            case DISPATCH_TO_SALES -> "dispatch";
            default -> isFromWarehouse(stream) ? "warehouse" : "";
        };
    }

    /** Warehouse to dispatch: receipts, shipments, changes; one stream a warehouse. */
    public static String fromWarehouse(String warehouse) {
        return WAREHOUSE_TO_DISPATCH + warehouse;
    }

    /** True for a stream made by {@link #fromWarehouse} of a warehouse's code. */
    public static boolean isFromWarehouse(String stream) {
        return stream.startsWith(WAREHOUSE_TO_DISPATCH) && Code.isOne(warehouseOf(stream));
    }

    /** The warehouse of a stream made by {@link #fromWarehouse}. */
    public static String warehouseOf(String stream) {
        return stream.substring(WAREHOUSE_TO_DISPATCH.length());
    }

    /**
     * The numbers of the outbounds that dispatch asks a warehouse for. No messages: they are calls, numbered so that both
     * sides can say how far they are finished (protocol 11.7). They have the partition 0.
     */
    public static String outboundsOf(String warehouse) {
        return OUTBOUNDS_OF_WAREHOUSE + warehouse;
    }

    /** True for a name made by {@link #outboundsOf} of a warehouse's code. */
    public static boolean isOutbounds(String stream) {
        return stream.startsWith(OUTBOUNDS_OF_WAREHOUSE) && Code.isOne(warehouseOfOutbounds(stream));
    }

    /** The warehouse of a name made by {@link #outboundsOf}. */
    public static String warehouseOfOutbounds(String stream) {
        return stream.substring(OUTBOUNDS_OF_WAREHOUSE.length());
    }
}
