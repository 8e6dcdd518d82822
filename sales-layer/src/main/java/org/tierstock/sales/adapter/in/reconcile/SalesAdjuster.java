package org.tierstock.sales.adapter.in.reconcile;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.BooleanSupplier;
import org.tierstock.movements.ChannelKey;
import org.tierstock.runtime.adjust.Adjuster;
import org.tierstock.sales.application.AdjustStock;

/** Adjusts channel keys to dispatch's accounts. */
@ApplicationScoped
class SalesAdjuster implements Adjuster {
    private final AdjustStock adjustStock;

    @Inject
    SalesAdjuster(AdjustStock adjustStock) {
        this.adjustStock = adjustStock;
    }

    @Override
    public boolean adjusts(String scope) {
        return true;
    }

    @Override
    public Outcome adjust(String key, long quantity, String number, BooleanSupplier unmoved) {
        return switch (adjustStock.adjust(ChannelKey.parse(key), quantity, number, unmoved)) {
            case BOOKED -> Outcome.BOOKED;
            case MOVED -> Outcome.MOVED;
            case NOT_ENOUGH -> Outcome.NOT_ENOUGH;
        };
    }
}
