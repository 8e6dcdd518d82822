package org.tierstock.dispatch.domain;

/**
 * What dispatch holds of a SKU at a cell, in a region or in total, in whole units. The field's formula holds by
 * construction (S62): sellable S = onHand I - ordered O - unsellable U - held L + virtual V - transfer T. A deficit is part
 * of I, so it lowers I and S alike.
 *
 * @param deficit zero or below
 */
public record StockFigures(
        long free,
        long allotted,
        long allocated,
        long transferLocked,
        long held,
        long unsellable,
        long deficit,
        long unsellableDeficit,
        long inTransit,
        long air,
        long virtual) {
    /** Nothing at all. */
    public static final StockFigures NONE = new StockFigures(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Both together. */
    public StockFigures plus(StockFigures other) {
        return new StockFigures(
                free + other.free,
                allotted + other.allotted,
                allocated + other.allocated,
                transferLocked + other.transferLocked,
                held + other.held,
                unsellable + other.unsellable,
                deficit + other.deficit,
                unsellableDeficit + other.unsellableDeficit,
                inTransit + other.inTransit,
                air + other.air,
                virtual + other.virtual);
    }

    /** 账面 I: what the warehouse counts too. */
    public long onHand() {
        return free + allotted + allocated + transferLocked + held + unsellableNet() + deficit;
    }

    /** 不可销售 U: less what was written off before its damage was applied. */
    public long unsellableNet() {
        return unsellable + unsellableDeficit;
    }

    /** 可销售 S. */
    public long sellable() {
        return onHand() - allocated - unsellableNet() - held + virtual - transferLocked;
    }
}
