package org.tierstock.movements;

/** What a movement does to the stock of a layer (库存变动动作, S13, S15, S19, S29). */
public enum Action {
    /** 增加: stock enters: a receipt, or a grant from the layer below. */
    INCREASE,
    /** 锁定 / 占用 / 预扣: promised to a document, still here. */
    LOCK,
    /** 解锁 / 释放: the promise is taken back. */
    UNLOCK,
    /** 扣减: leaves: paid at the sales layer, shipped at the others. */
    DEDUCT,
    /** 返还: comes back: cancelled after payment, returned, exchanged. */
    RETURN,
    /** 异常处理 / 损益: stocktake gain or loss, damage, status change; always flagged for finance. */
    ADJUST,
    /** 分配: promised stock changes the promise or its backing inside the dispatch layer, without entering or leaving. */
    ALLOT
}
