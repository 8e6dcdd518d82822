package org.tierstock.dispatch.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import org.tierstock.dispatch.application.port.DispatchLines;
import org.tierstock.dispatch.application.port.StockRows;
import org.tierstock.dispatch.domain.LineInHand;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.Reversal;
import org.tierstock.dispatch.domain.Stock;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.ToSales;
import org.tierstock.runtime.exchange.Numbers;

/** Gives a shortage up by a person's decision (S15): the quantity is reversed at sales and is not sold again. */
@ApplicationScoped
public class CloseShortages {
    /** What became of it. */
    public sealed interface Outcome {
        /** So many units were given up. */
        record Closed(long quantity) implements Outcome {}

        /** Nothing of the line is short. */
        record NothingShort() implements Outcome {}

        /** The line was never handed over. */
        record UnknownLine() implements Outcome {}
    }

    private final DispatchLines lines;
    private final StockRows stockRows;
    private final PostMovements movements;

    @Inject
    public CloseShortages(DispatchLines lines, StockRows stockRows, PostMovements movements) {
        this.lines = lines;
        this.stockRows = stockRows;
        this.movements = movements;
    }

    /** Gives up what is short of a line now. */
    @Transactional
    public Outcome close(LineNumber number) {
        Sku sku = lines.skus(List.of(number)).get(number);
        if (sku == null) {
            return new Outcome.UnknownLine();
        }
        Stock stock = stockRows.lock(List.of(sku));
        LineInHand line = lines.find(List.of(number)).get(number);
        long units = line.line().shortage();
        if (units == 0) {
            return new Outcome.NothingShort();
        }
        LineInHand.Step step = line.giveUpShortage();
        NumberBlock numbers = movements.reversalNumbers();
        List<ToSales> messages = new ArrayList<>();
        for (Reversal reversal : step.reversals()) {
            messages.add(reversal.message(numbers.get()));
        }
        messages.addAll(movements.saveLines(List.of(step.line()), List.of()));
        movements.post(stock, messages, Numbers.NONE);
        return new Outcome.Closed(units);
    }
}
