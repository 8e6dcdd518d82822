package org.tierstock.movements.protocol;

/** The names of the streams. Each is numbered contiguously per stock partition. */
public final class Streams {
    /** Dispatch to sales: grants, revocations, reversals. */
    public static final String DISPATCH_TO_SALES = "D>S";
    /** Sales to dispatch: settlements and hand-overs. */
    public static final String SALES_TO_DISPATCH = "S>D";

    private static final String WAREHOUSE_TO_DISPATCH = "W>D:";

    private Streams() {}

    /** Warehouse to dispatch: receipts, shipments, changes; one stream a warehouse. */
    public static String fromWarehouse(String warehouse) {
        return WAREHOUSE_TO_DISPATCH + warehouse;
    }

    /** True for a stream made by {@link #fromWarehouse}. */
    public static boolean isFromWarehouse(String stream) {
        return stream.startsWith(WAREHOUSE_TO_DISPATCH);
    }

    /** The warehouse of a stream made by {@link #fromWarehouse}. */
    public static String warehouseOf(String stream) {
        return stream.substring(WAREHOUSE_TO_DISPATCH.length());
    }
}
