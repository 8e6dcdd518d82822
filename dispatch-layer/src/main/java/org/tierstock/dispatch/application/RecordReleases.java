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
import org.tierstock.dispatch.application.port.RuleBook;
import org.tierstock.dispatch.application.port.StockRows;
import org.tierstock.dispatch.application.port.WarehouseLocks.Release;
import org.tierstock.dispatch.domain.LineInHand;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.dispatch.domain.Reason;
import org.tierstock.dispatch.domain.Reversal;
import org.tierstock.dispatch.domain.Rules;
import org.tierstock.dispatch.domain.Stock;
import org.tierstock.dispatch.domain.StockOfSku;
import org.tierstock.movements.Action;
import org.tierstock.movements.DocumentKind;
import org.tierstock.movements.DocumentLine;
import org.tierstock.movements.NodeKey;
import org.tierstock.movements.protocol.ToSales;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.runtime.work.Progress;

/**
 * Records what warehouses released. The goods serve the line's cancels, oldest first, and go back to the key that sold
 * them when their node still serves it (S118); otherwise they are free.
 */
@ApplicationScoped
public class RecordReleases {
    private final RuleBook ruleBook;
    private final StockRows stockRows;
    private final Outbounds outbounds;
    private final DispatchLines lines;
    private final PostMovements movements;

    @Inject
    public RecordReleases(
            RuleBook ruleBook, StockRows stockRows, Outbounds outbounds, DispatchLines lines, PostMovements movements) {
        this.ruleBook = ruleBook;
        this.stockRows = stockRows;
        this.outbounds = outbounds;
        this.lines = lines;
        this.movements = movements;
    }

    /**
     * Records answers; one that is not the answer to the open request has no effect.
     *
     * @throws IllegalStateException when a warehouse does not know an outbound whose request is open
     */
    @Transactional
    public Progress record(List<Release> releases) {
        List<String> ids = releases.stream().map(Release::outbound).toList();
        Rules rules = ruleBook.current();
        Stock stock = stockRows.lock(outbounds.skus(ids).values());
        Map<String, Outbound> known = new HashMap<>(outbounds.find(ids));
        Map<String, Outbound> answered = new HashMap<>();
        Map<LineNumber, LineInHand> inHand = lines.find(
                known.values().stream().map(Outbound::line).distinct().toList());
        NumberBlock numbers = movements.reversalNumbers();
        List<ToSales> messages = new ArrayList<>();
        for (Release release : releases) {
            Outbound outbound = known.get(release.outbound());
            if (!answers(release, outbound)) {
                continue;
            }
            if (release.unknown()) {
                throw new IllegalStateException("Warehouse " + outbound.warehouse() + " does not know outbound "
                        + outbound.id() + ", which is to be released");
            }
            Outbound after = outbound.releaseAnswered(release.released(), release.by());
            known.put(after.id(), after);
            answered.put(after.id(), after);
            StockOfSku goods = stock.of(outbound.cell().sku());
            NodeKey node = outbound.cell().node();
            DocumentLine document = new DocumentLine(DocumentKind.OUTBOUND_CANCELLATION, release.request(), 0);
            goods.release(node, release.released(), new Reason(Action.UNLOCK, document, null));
            LineInHand line = inHand.get(outbound.line());
            long regranted = rules.serves(node, line.line().key()) ? Math.min(release.released(), goods.free(node)) : 0;
            LineInHand.Step step = line.released(outbound.release().quantity(), release.released(), regranted);
            inHand.put(outbound.line(), step.line());
            for (Reversal reversal : step.reversals()) {
                messages.add(regrant(goods, node, reversal, numbers.get()));
            }
        }
        messages.addAll(movements.saveLines(inHand.values(), answered.values()));
        movements.post(stock, messages, Numbers.NONE);
        return Progress.DONE;
    }

    private static boolean answers(Release release, Outbound outbound) {
        return outbound != null
                && outbound.release() != null
                && outbound.release().request().equals(release.request());
    }

    private static ToSales regrant(StockOfSku goods, NodeKey node, Reversal reversal, String number) {
        ToSales.SaleReversed message = reversal.message(number);
        DocumentLine document = new DocumentLine(DocumentKind.SALE_REVERSAL, number, 0);
        goods.grant(node, reversal.key(), reversal.regranted(), new Reason(Action.RETURN, document, message));
        return message;
    }
}
