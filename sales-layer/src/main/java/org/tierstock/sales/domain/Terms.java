package org.tierstock.sales.domain;

import java.util.Objects;

/**
 * What an order keeps of its request, the channel's defaults applied.
 *
 * @param buyer opaque
 * @param addressReference opaque
 * @param traceParent W3C trace context of the request that placed the order; empty for none
 */
public record Terms(
        DeductionMode deductionMode,
        String deliveryMethod,
        String shipRegion,
        String buyer,
        String addressReference,
        String traceParent) {
    public Terms {
        Objects.requireNonNull(deductionMode, "deductionMode");
        Objects.requireNonNull(deliveryMethod, "deliveryMethod");
        Objects.requireNonNull(shipRegion, "shipRegion");
        Objects.requireNonNull(buyer, "buyer");
        Objects.requireNonNull(addressReference, "addressReference");
        Objects.requireNonNull(traceParent, "traceParent");
    }

    /** Whether those deduct and deliver in the same way, as orders of one channel mostly do. */
    public boolean deliveredAs(Terms other) {
        return deductionMode == other.deductionMode
                && deliveryMethod.equals(other.deliveryMethod)
                && shipRegion.equals(other.shipRegion);
    }
}
