package org.tierstock.dispatch.domain;

import org.tierstock.movements.Bucket;

/** The places for units inside the dispatch layer (S16, S39-S43, S62-S67). */
public enum DispatchBucket implements Bucket {
    /** 可用 (未分配渠道): available, promised to no channel. */
    FREE,
    /** 分渠道销售库存: available, promised to a channel. The only bucket of an allotment row. */
    ALLOTTED,
    /** 已用 / 订单占用 O: locked by a dispatch order. */
    ALLOCATED,
    /** 调拨占用 T: locked by a transfer at its source. */
    TRANSFER_LOCKED,
    /** 锁定 L: kept back; what a warehouse refused is kept here until its reason has been applied. */
    HELD,
    /** 不可销售 U. */
    UNSELLABLE,
    /** 缺口: a loss that has not yet found which promise it breaks. */
    DEFICIT,
    /** A write-off that was applied before the damage that it writes off. */
    UNSELLABLE_DEFICIT,
    /** 在途: ordered from a supplier, not received. */
    IN_TRANSIT,
    /** 调拨中 A: left one node, not yet at the other. */
    AIR,
    /** 虚库存 V: sellable without being here. */
    VIRTUAL,
    /** The world outside the layer. */
    EXTERNAL;

    @Override
    public boolean contra() {
        return this == DEFICIT || this == UNSELLABLE_DEFICIT;
    }

    @Override
    public boolean edge() {
        return this == EXTERNAL;
    }

    /** True for what a warehouse counts as its book too: 账面 I is the sum of these. */
    public boolean inBook() {
        return switch (this) {
            case FREE, ALLOTTED, ALLOCATED, TRANSFER_LOCKED, HELD, UNSELLABLE, DEFICIT, UNSELLABLE_DEFICIT -> true;
            case IN_TRANSIT, AIR, VIRTUAL, EXTERNAL -> false;
        };
    }
}
