package org.tierstock.sales.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.tierstock.movements.ChannelKey;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.sales.application.port.StockRows;
import org.tierstock.sales.domain.Promise;
import org.tierstock.sales.domain.StockKey;

/** Brings a key to what dispatch has promised it, when a reconciliation has shown that it is not (S123). */
@ApplicationScoped
public class AdjustStock {
    /** What became of it. */
    public enum Outcome {
        /** The stock is moved. */
        BOOKED,
        /** It was moved by somebody else meanwhile; nothing was done. */
        MOVED,
        /** Less is here that nobody has ordered; nothing was done. */
        NOT_ENOUGH
    }

    private final StockRows stockRows;

    @Inject
    public AdjustStock(StockRows stockRows) {
        this.stockRows = stockRows;
    }

    /**
     * Moves regular stock; no message tells of it, since dispatch's side is right.
     *
     * @param quantity whole units that are missing here, or too many when negative
     * @param unmoved asked when the stock is locked
     */
    @Transactional
    public Outcome adjust(ChannelKey promised, long quantity, String number, BooleanSupplier unmoved) {
        StockRows.Locked locked = stockRows.lockOrCreate(Set.of(StockKey.regular(promised)));
        if (!unmoved.getAsBoolean()) {
            return Outcome.MOVED;
        }
        if (!Promise.adjust(promised, quantity, number, locked.book())) {
            return Outcome.NOT_ENOUGH;
        }
        stockRows.post(locked.book(), Numbers.NONE);
        return Outcome.BOOKED;
    }
}
