package org.tierstock.dispatch.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tierstock.dispatch.application.port.DispatchLines;
import org.tierstock.dispatch.application.port.StockRows;
import org.tierstock.dispatch.domain.LineCancel;
import org.tierstock.dispatch.domain.LineInHand;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.PeerJournal;
import org.tierstock.dispatch.domain.Stock;
import org.tierstock.movements.Code;
import org.tierstock.movements.Quantity;
import org.tierstock.movements.Sku;
import org.tierstock.runtime.exchange.Numbers;

/**
 * Accepts cancels of lines handed over (S118, protocol 11.3). The answer says how much will be cancelled unless it ships
 * first; the result follows as reversals.
 */
@ApplicationScoped
public class CancelLines {
    /**
     * A quantity of a line that is no longer wanted.
     *
     * @param cancel the sales layer's cancel id: the idempotency key
     * @param quantity whole units, at least 1
     * @param asker where sales' history was when it asked
     * @param sheet what sales would need to know again of the order and its cancels, this one among them; opaque
     */
    public record CancelLine(LineNumber line, String cancel, long quantity, PeerJournal asker, String sheet) {
        public CancelLine {
            Code.number("cancel", cancel);
            Quantity.positive("quantity", quantity);
        }
    }

    /** The answer to a cancel. */
    public sealed interface Outcome {
        /**
         * So much is accepted, the rest is refused. Stored, and repeated for the same cancel. Of a line whose hand-over was given
         * up it is nothing, for ever: there is nothing here to cancel.
         */
        record Accepted(long quantity) implements Outcome {}

        /** The line has not been handed over yet. */
        record UnknownLine(LineNumber line) implements Outcome {}
    }

    /** What makes a cancel the same, whatever quantity a repetition names. */
    private record CancelId(LineNumber line, String cancel) {}

    /** What came with cancels of an order. */
    private record Sheet(String order, String text) {}

    private final DispatchLines lines;
    private final StockRows stockRows;
    private final PostMovements movements;

    @Inject
    public CancelLines(DispatchLines lines, StockRows stockRows, PostMovements movements) {
        this.lines = lines;
        this.stockRows = stockRows;
        this.movements = movements;
    }

    /** Accepts cancels, in the order asked. */
    @Transactional
    public List<Outcome> cancel(List<CancelLine> asked) {
        List<LineNumber> numbers =
                asked.stream().map(CancelLine::line).distinct().toList();
        Map<LineNumber, Sku> skus = lines.skus(numbers);
        Stock stock = stockRows.lock(skus.values());
        Map<LineNumber, LineInHand> inHand = new HashMap<>(lines.find(numbers));
        Map<CancelId, Long> known = new HashMap<>();
        for (LineCancel stored :
                lines.cancels(numbers, asked.stream().map(CancelLine::cancel).toList())) {
            known.put(new CancelId(stored.line(), stored.cancel()), stored.accepted());
        }
        Set<LineNumber> never = lines.givenUp(
                numbers.stream().filter(number -> !inHand.containsKey(number)).toList());
        Set<Sheet> kept = new HashSet<>();
        List<Outcome> outcomes = new ArrayList<>(asked.size());
        for (CancelLine cancel : asked) {
            outcomes.add(never.contains(cancel.line()) ? new Outcome.Accepted(0) : decide(cancel, inHand, known, kept));
        }
        movements.post(stock, movements.saveLines(inHand.values(), List.of()), Numbers.NONE);
        return outcomes;
    }

    private static Outcome decide(
            CancelLine cancel, Map<LineNumber, LineInHand> inHand, Map<CancelId, Long> known, Set<Sheet> kept) {
        LineInHand line = inHand.get(cancel.line());
        if (line == null) {
            return new Outcome.UnknownLine(cancel.line());
        }
        CancelId id = new CancelId(cancel.line(), cancel.cancel());
        Long before = known.get(id);
        if (before != null) {
            return new Outcome.Accepted(before);
        }
        long accepted = Math.min(cancel.quantity(), line.line().cancellable());
        // Once for all cancels that came with it: it is as large as the order.
        String sheet = kept.add(new Sheet(cancel.line().order(), cancel.sheet())) ? cancel.sheet() : "";
        inHand.put(cancel.line(), line.accept(cancel.cancel(), accepted, cancel.asker(), sheet));
        known.put(id, accepted);
        return new Outcome.Accepted(accepted);
    }
}
