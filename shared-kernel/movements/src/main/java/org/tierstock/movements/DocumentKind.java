package org.tierstock.movements;

/** The documents (单据) that may move stock (S27). */
public enum DocumentKind {
    /** 销售订单. */
    SALES_ORDER,
    /** 支付. */
    PAYMENT,
    /** 取消. */
    CANCELLATION,
    /** A time-out of an unpaid order. */
    EXPIRY,
    /** 库存同步单: dispatch promises stock to a channel. */
    STOCK_GRANT,
    /** 库存同步单: dispatch takes a promise back. */
    STOCK_REVOCATION,
    /** A paid quantity comes back from dispatch. */
    SALE_REVERSAL,
    /** 发货单. */
    DISPATCH_ORDER,
    /** 缺货单. */
    SHORTAGE,
    /** 出库单. */
    OUTBOUND_ORDER,
    /** Release of an outbound order's lock. */
    OUTBOUND_CANCELLATION,
    /** 拣货. */
    PICK,
    /** 发货. */
    SHIPMENT,
    /** 采购入库单. */
    PURCHASE_RECEIPT,
    /** 盘点单. */
    STOCKTAKE,
    /** Backing of a promise moves between nodes. */
    BACKING_EXCHANGE,
    /** 对账调整单. */
    RECONCILIATION_ADJUSTMENT
}
