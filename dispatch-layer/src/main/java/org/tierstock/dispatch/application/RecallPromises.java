package org.tierstock.dispatch.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.tierstock.dispatch.application.port.DispatchLines;
import org.tierstock.dispatch.application.port.Revocations;
import org.tierstock.dispatch.application.port.RuleBook;
import org.tierstock.dispatch.application.port.StockRows;
import org.tierstock.dispatch.domain.DispatchLine;
import org.tierstock.dispatch.domain.LineInHand;
import org.tierstock.dispatch.domain.Recall;
import org.tierstock.dispatch.domain.Revocation;
import org.tierstock.dispatch.domain.Stock;
import org.tierstock.dispatch.domain.StockOfSku;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.Sku;
import org.tierstock.runtime.documents.DocumentNumbers;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.runtime.work.Progress;

/**
 * Asks promises back whose goods are missing (deficit job): those that a loss has broken, and unsold ones whose goods a paid
 * order waits for. Repeated, since locked stock may come free at sales later.
 */
@ApplicationScoped
public class RecallPromises {
    private final RuleBook ruleBook;
    private final StockRows stockRows;
    private final DispatchLines lines;
    private final Revocations revocations;
    private final DocumentNumbers documentNumbers;
    private final PostMovements movements;

    @Inject
    public RecallPromises(
            RuleBook ruleBook,
            StockRows stockRows,
            DispatchLines lines,
            Revocations revocations,
            DocumentNumbers documentNumbers,
            PostMovements movements) {
        this.ruleBook = ruleBook;
        this.stockRows = stockRows;
        this.lines = lines;
        this.revocations = revocations;
        this.documentNumbers = documentNumbers;
        this.movements = movements;
    }

    /** SKUs whose goods are missing and whose last recall is long enough ago, at most {@code limit}. */
    public List<Sku> due(Set<Integer> partitions, int limit) {
        return stockRows.inNeed(partitions, limit);
    }

    /**
     * Recalls for those of these SKUs that no other transaction holds.
     *
     * @param mostLines for how many short lines of a SKU at once: the oldest of those that unsold promises may serve
     * @param retrySeconds how long a SKU is left alone afterwards
     */
    @Transactional
    public Progress recall(List<Sku> due, int mostLines, int retrySeconds) {
        Stock stock = stockRows.lockUnheld(due);
        if (stock.all().isEmpty()) {
            return Progress.NONE;
        }
        List<Sku> skus = stock.skus();
        List<Revocation> pending = new ArrayList<>(revocations.pending(skus));
        Recall recall = new Recall(ruleBook.current(), new NumberBlock(documentNumbers, "RV"));
        List<DispatchLine> waiting = waiting(stock, recall, pending, mostLines);
        List<Revocation> recalled = new ArrayList<>();
        for (StockOfSku goods : stock.all()) {
            List<Revocation> broken = recall.forDeficits(goods, pending);
            pending.addAll(broken);
            recalled.addAll(broken);
            recalled.addAll(recall.forShortages(goods, waiting, pending));
        }
        revocations.insert(recalled);
        movements.post(stock, recalled.stream().map(Revocation::message).toList(), Numbers.NONE);
        stockRows.recalled(skus, retrySeconds);
        return Progress.DONE;
    }

    /** The oldest short lines that unsold promises may serve; others would only take their places. */
    private List<DispatchLine> waiting(Stock stock, Recall recall, List<Revocation> pending, int mostLines) {
        List<ChannelKey> served = lines.shortKeys(stock.skus()).stream()
                .filter(key -> recall.mayServe(stock.of(key.sku()), key, pending))
                .toList();
        return served.isEmpty()
                ? List.of()
                : lines.waiting(served, mostLines).stream()
                        .map(LineInHand::line)
                        .toList();
    }
}
