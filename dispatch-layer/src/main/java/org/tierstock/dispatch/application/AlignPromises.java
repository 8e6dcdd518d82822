package org.tierstock.dispatch.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.tierstock.dispatch.application.port.HandGrants;
import org.tierstock.dispatch.application.port.Revocations;
import org.tierstock.dispatch.application.port.RuleBook;
import org.tierstock.dispatch.application.port.StockRows;
import org.tierstock.dispatch.domain.Cover;
import org.tierstock.dispatch.domain.Recall;
import org.tierstock.dispatch.domain.Revocation;
import org.tierstock.dispatch.domain.Rules;
import org.tierstock.dispatch.domain.Stock;
import org.tierstock.dispatch.domain.StockOfSku;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.Sku;
import org.tierstock.runtime.documents.DocumentNumbers;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.runtime.work.Progress;

/**
 * Brings promises in line with changed rules (region job): backing at a node that no longer serves its key moves to free
 * stock elsewhere, and what cannot move, or is promised by no rule any more, is asked back. Free stock is placed anew.
 */
@ApplicationScoped
public class AlignPromises {
    private final RuleBook ruleBook;
    private final StockRows stockRows;
    private final Revocations revocations;
    private final HandGrants handGrants;
    private final DocumentNumbers documentNumbers;
    private final PostMovements movements;

    @Inject
    public AlignPromises(
            RuleBook ruleBook,
            StockRows stockRows,
            Revocations revocations,
            HandGrants handGrants,
            DocumentNumbers documentNumbers,
            PostMovements movements) {
        this.ruleBook = ruleBook;
        this.stockRows = stockRows;
        this.revocations = revocations;
        this.handGrants = handGrants;
        this.documentNumbers = documentNumbers;
        this.movements = movements;
    }

    /** SKUs whose promises were last brought in line with older rules, at most {@code limit}. */
    public List<Sku> due(Set<Integer> partitions, int limit) {
        return stockRows.outOfLine(partitions, ruleBook.current().version(), limit);
    }

    /**
     * Aligns those of these SKUs that no other transaction holds.
     *
     * @param retrySeconds how long a SKU is left alone whose promises could not all be moved
     */
    @Transactional
    public Progress align(List<Sku> due, int retrySeconds) {
        Rules rules = ruleBook.current();
        Stock stock = stockRows.lockUnheld(due);
        if (stock.all().isEmpty()) {
            return Progress.NONE;
        }
        List<Sku> skus = stock.skus();
        List<Revocation> pending = revocations.pending(skus);
        Set<ChannelKey> byHand = handGrants.keys(skus);
        Cover cover = new Cover(rules);
        NumberBlock exchanges = new NumberBlock(documentNumbers, "BX");
        Recall recall = new Recall(rules, new NumberBlock(documentNumbers, "RV"));
        List<Revocation> recalled = new ArrayList<>();
        List<Sku> aligned = new ArrayList<>();
        List<Sku> unfinished = new ArrayList<>();
        for (StockOfSku goods : stock.all()) {
            cover.misplaced(goods, exchanges);
            recalled.addAll(recall.forRules(goods, pending, byHand));
            (recall.inLine(goods, byHand) ? aligned : unfinished).add(goods.sku());
        }
        revocations.insert(recalled);
        movements.post(stock, recalled.stream().map(Revocation::message).toList(), Numbers.NONE);
        stockRows.aligned(aligned, rules.version());
        stockRows.alignLater(unfinished, retrySeconds);
        return Progress.DONE;
    }
}
