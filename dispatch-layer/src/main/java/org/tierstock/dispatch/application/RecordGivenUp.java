package org.tierstock.dispatch.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.dispatch.application.port.DispatchLines;
import org.tierstock.dispatch.application.port.Outbounds;
import org.tierstock.dispatch.application.port.StockRows;
import org.tierstock.dispatch.domain.LineInHand;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.dispatch.domain.Reason;
import org.tierstock.dispatch.domain.Stock;
import org.tierstock.movements.Action;
import org.tierstock.movements.protocol.ToSales;
import org.tierstock.runtime.changes.Actor;
import org.tierstock.runtime.changes.Change;
import org.tierstock.runtime.changes.Changes;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.runtime.work.StuckWork;

/**
 * Records that an outbound was given up, and who did it. Its goods are not locked at the warehouse, so they are free: what was to
 * be released serves the line's cancels, and what else it had to ship is short until other stock covers it.
 */
@ApplicationScoped
public class RecordGivenUp {
    private static final String OUTBOUND = "OUTBOUND";
    private static final long CLOSED = 1;

    private final StockRows stockRows;
    private final Outbounds outbounds;
    private final DispatchLines lines;
    private final PostMovements movements;
    private final Changes changes;
    private final StuckWork stuckWork;

    @Inject
    public RecordGivenUp(
            StockRows stockRows,
            Outbounds outbounds,
            DispatchLines lines,
            PostMovements movements,
            Changes changes,
            StuckWork stuckWork) {
        this.stockRows = stockRows;
        this.outbounds = outbounds;
        this.lines = lines;
        this.movements = movements;
        this.changes = changes;
        this.stuckWork = stuckWork;
    }

    /**
     * Records it.
     *
     * @param seen as it was when its warehouse was asked
     * @return false when it has changed since: then nothing is recorded
     */
    @Transactional
    public boolean record(Outbound seen, Actor by) {
        Stock stock = stockRows.lock(List.of(seen.cell().sku()));
        if (!seen.equals(outbounds.find(List.of(seen.id())).get(seen.id()))) {
            return false;
        }
        Outbound after = seen.givenUp();
        stock.of(seen.cell().sku())
                .release(seen.cell().node(), seen.remaining(), new Reason(Action.UNLOCK, seen.document(), null));
        Map<LineNumber, LineInHand> inHand = new HashMap<>(lines.find(List.of(seen.line())));
        List<ToSales> messages = new ArrayList<>();
        if (seen.release() != null) {
            NumberBlock numbers = movements.reversalNumbers();
            LineInHand.Step step = inHand.get(seen.line())
                    .released(seen.release().quantity(), after.cancelled() - seen.cancelled(), 0);
            inHand.put(seen.line(), step.line());
            step.reversals().forEach(reversal -> messages.add(reversal.message(numbers.get())));
        }
        long refused = after.refused() - seen.refused();
        PostMovements.change(inHand, seen.line(), inHand.get(seen.line()).line().failed(refused));
        messages.addAll(movements.saveLines(inHand.values(), List.of(after)));
        changes.append(List.of(new Change(OUTBOUND, seen.id(), CLOSED, seen, after, by)));
        movements.post(stock, messages, Numbers.NONE);
        stuckWork.done(Work.LOCK_AT_WAREHOUSES, List.of(seen.id()));
        stuckWork.done(Work.RELEASE_AT_WAREHOUSES, List.of(seen.id()));
        return true;
    }
}
