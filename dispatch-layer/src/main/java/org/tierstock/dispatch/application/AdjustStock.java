package org.tierstock.dispatch.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.tierstock.dispatch.application.port.StockRows;
import org.tierstock.dispatch.domain.Reason;
import org.tierstock.dispatch.domain.Stock;
import org.tierstock.movements.Action;
import org.tierstock.movements.Cell;
import org.tierstock.movements.DocumentKind;
import org.tierstock.movements.DocumentLine;
import org.tierstock.runtime.exchange.Numbers;

/**
 * Brings the book of a cell to what its warehouse has, when a reconciliation has shown that it is not (S18, S123). What is too
 * much becomes a deficit where nothing is free: whose promise breaks is for the recall to find out, as after any loss.
 */
@ApplicationScoped
public class AdjustStock {
    /** What became of it. */
    public enum Outcome {
        /** The stock is moved. */
        BOOKED,
        /** It was moved by somebody else meanwhile; nothing was done. */
        MOVED
    }

    private final StockRows stockRows;
    private final PostMovements movements;

    @Inject
    public AdjustStock(StockRows stockRows, PostMovements movements) {
        this.stockRows = stockRows;
        this.movements = movements;
    }

    /**
     * Moves available stock; no message tells of it, since the warehouse's side is right.
     *
     * @param quantity whole units that are missing here, or too many when negative
     * @param unmoved asked when the stock is locked
     */
    @Transactional
    public Outcome adjust(Cell cell, long quantity, String number, BooleanSupplier unmoved) {
        Stock stock = stockRows.lock(List.of(cell.sku()));
        if (!unmoved.getAsBoolean()) {
            return Outcome.MOVED;
        }
        DocumentLine because = new DocumentLine(DocumentKind.RECONCILIATION_ADJUSTMENT, number, 0);
        stock.of(cell.sku()).change(cell.node(), quantity, 0, new Reason(Action.ADJUST, because, null));
        movements.post(stock, List.of(), Numbers.NONE);
        return Outcome.BOOKED;
    }
}
