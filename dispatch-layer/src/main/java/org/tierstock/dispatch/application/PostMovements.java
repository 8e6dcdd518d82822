package org.tierstock.dispatch.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.tierstock.dispatch.application.port.DispatchLines;
import org.tierstock.dispatch.application.port.Outbounds;
import org.tierstock.dispatch.application.port.StockRows;
import org.tierstock.dispatch.domain.DispatchLine;
import org.tierstock.dispatch.domain.LineInHand;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.dispatch.domain.Reversal;
import org.tierstock.dispatch.domain.Stock;
import org.tierstock.dispatch.domain.StockOfSku;
import org.tierstock.movements.protocol.ToSales;
import org.tierstock.runtime.documents.DocumentNumbers;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.runtime.exchange.Outbox;
import org.tierstock.runtime.work.WorkSignals;

/**
 * The end of every posting: lines are settled and written, messages take their numbers, stock and ledger are written, and
 * the jobs that have something to do are woken after the commit.
 */
@ApplicationScoped
public class PostMovements {
    private final StockRows stockRows;
    private final DispatchLines lines;
    private final Outbounds outbounds;
    private final DocumentNumbers documentNumbers;
    private final Outbox outbox;
    private final WorkSignals signals;

    @Inject
    public PostMovements(
            StockRows stockRows,
            DispatchLines lines,
            Outbounds outbounds,
            DocumentNumbers documentNumbers,
            Outbox outbox,
            WorkSignals signals) {
        this.stockRows = stockRows;
        this.lines = lines;
        this.outbounds = outbounds;
        this.documentNumbers = documentNumbers;
        this.outbox = outbox;
        this.signals = signals;
    }

    /** Numbers for reversals, one at a time. */
    NumberBlock reversalNumbers() {
        return new NumberBlock(documentNumbers, "SR");
    }

    /**
     * Settles the lines and writes them and their outbounds.
     *
     * @return what sales must be told, to be posted with the stock
     */
    List<ToSales> saveLines(Collection<LineInHand> changed, Collection<Outbound> changedOutbounds) {
        NumberBlock numbers = reversalNumbers();
        List<ToSales> messages = new ArrayList<>();
        List<LineInHand> settled = new ArrayList<>(changed.size());
        for (LineInHand line : changed) {
            LineInHand.Step step = line.settle();
            settled.add(step.line());
            for (Reversal reversal : step.reversals()) {
                messages.add(reversal.message(numbers.get()));
            }
        }
        outbounds.save(changedOutbounds);
        lines.save(settled);
        if (settled.stream().map(LineInHand::line).anyMatch(PostMovements::wantsRelease)) {
            signals.announce(Work.RELEASE_AT_WAREHOUSES);
        }
        if (settled.stream().map(LineInHand::line).anyMatch(line -> line.shortage() > 0)) {
            signals.announce(Work.RECALL_PROMISES);
        }
        return messages;
    }

    /** Stores new outbounds; their warehouses are asked after the commit. */
    void request(List<Outbound> requested) {
        if (!requested.isEmpty()) {
            outbounds.insert(requested);
            signals.announce(Work.LOCK_AT_WAREHOUSES);
        }
    }

    /** Numbers the messages and writes the stock. The last step of a transaction. */
    void post(Stock stock, List<? extends ToSales> messages, Numbers received) {
        stockRows.save(stock, outbox.append(messages).plus(received));
        if (stock.all().stream().anyMatch(goods -> goods.free() > 0)) {
            signals.announce(Work.PLACE_FREE_STOCK);
        }
        if (stock.all().stream().anyMatch(StockOfSku::hasDeficit)) {
            signals.announce(Work.RECALL_PROMISES);
        }
    }

    /** Puts a line's new numbers in place of the old. */
    static <K> void change(Map<K, LineInHand> inHand, K number, DispatchLine changed) {
        inHand.compute(number, (key, line) -> line.with(changed));
    }

    private static boolean wantsRelease(DispatchLine line) {
        return line.open() > line.asked() && line.allocated() > 0;
    }
}
