package org.tierstock.sales.domain;

import org.tierstock.movements.Bucket;

/** Where units are in the sales layer (S11, S12). */
public enum SalesBucket implements Bucket {
    /** 可销售: may be sold; above zero, the front shows it as in stock. */
    SELLABLE,
    /** 锁定 / 预扣: ordered, not yet paid. */
    LOCKED,
    /** 已销售: paid and not reversed. A counter: it takes no part in what dispatch has promised. */
    SOLD,
    /** 锁定库存: kept back on purpose. */
    HELD,
    /** The world outside the layer. */
    EXTERNAL;

    @Override
    public boolean edge() {
        return this == EXTERNAL;
    }
}
