package org.tierstock.dispatch.adapter.in.reconcile;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.BooleanSupplier;
import org.tierstock.dispatch.application.AdjustStock;
import org.tierstock.movements.Cell;
import org.tierstock.runtime.adjust.Adjuster;

/** Adjusts cells to warehouses' books. */
@ApplicationScoped
class DispatchAdjuster implements Adjuster {
    /** What an outbound has locked is mended by shipping, releasing or counting it, not here. */
    private static final String OF_OUTBOUNDS = " outbounds";

    private final AdjustStock adjustStock;

    @Inject
    DispatchAdjuster(AdjustStock adjustStock) {
        this.adjustStock = adjustStock;
    }

    @Override
    public boolean adjusts(String scope) {
        return !scope.endsWith(OF_OUTBOUNDS);
    }

    @Override
    public Outcome adjust(String key, long quantity, String number, BooleanSupplier unmoved) {
        return switch (adjustStock.adjust(Cell.parse(key), quantity, number, unmoved)) {
            case BOOKED -> Outcome.BOOKED;
            case MOVED -> Outcome.MOVED;
        };
    }
}
