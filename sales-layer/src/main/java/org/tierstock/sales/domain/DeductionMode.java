package org.tierstock.sales.domain;

/** When an order takes stock (S24). */
public enum DeductionMode {
    /** 拍下减库存: the order locks, the payment deducts; a pay deadline is optional. */
    ORDER_TIME,
    /** 预扣: the same with a timer. */
    PRE_HOLD,
    /** 付款减库存: the order moves nothing; the payment deducts, and may find the stock sold out. */
    PAYMENT_TIME;

    /** True when an unpaid order holds stock in LOCKED. */
    public boolean locksAtOrder() {
        return this != PAYMENT_TIME;
    }
}
