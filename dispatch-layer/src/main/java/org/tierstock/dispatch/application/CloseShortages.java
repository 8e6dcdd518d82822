package org.tierstock.dispatch.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.dispatch.application.port.DispatchLines;
import org.tierstock.dispatch.application.port.StockRows;
import org.tierstock.dispatch.domain.LineInHand;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.Stock;
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

    /**
     * Gives up what is short of lines now.
     *
     * @return the outcomes in the order of the lines
     */
    @Transactional
    public List<Outcome> close(List<LineNumber> numbers) {
        Stock stock = stockRows.lock(lines.skus(numbers).values());
        Map<LineNumber, LineInHand> inHand = new HashMap<>(lines.find(numbers));
        NumberBlock reversals = movements.reversalNumbers();
        List<ToSales> messages = new ArrayList<>();
        List<Outcome> outcomes = new ArrayList<>(numbers.size());
        for (LineNumber number : numbers) {
            LineInHand line = inHand.get(number);
            if (line == null) {
                outcomes.add(new Outcome.UnknownLine());
            } else if (line.line().shortage() == 0) {
                outcomes.add(new Outcome.NothingShort());
            } else {
                LineInHand.Step step = line.giveUpShortage();
                inHand.put(number, step.line());
                step.reversals().forEach(reversal -> messages.add(reversal.message(reversals.get())));
                outcomes.add(new Outcome.Closed(line.line().shortage()));
            }
        }
        messages.addAll(movements.saveLines(inHand.values(), List.of()));
        movements.post(stock, messages, Numbers.NONE);
        return outcomes;
    }
}
