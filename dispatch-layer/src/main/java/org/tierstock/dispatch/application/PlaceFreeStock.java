package org.tierstock.dispatch.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tierstock.dispatch.application.port.DispatchLines;
import org.tierstock.dispatch.application.port.RuleBook;
import org.tierstock.dispatch.application.port.StockRows;
import org.tierstock.dispatch.domain.Allotment;
import org.tierstock.dispatch.domain.Cover;
import org.tierstock.dispatch.domain.Cover.Covered;
import org.tierstock.dispatch.domain.DispatchLine;
import org.tierstock.dispatch.domain.LineInHand;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.dispatch.domain.Rules;
import org.tierstock.dispatch.domain.Sourcing;
import org.tierstock.dispatch.domain.Stock;
import org.tierstock.dispatch.domain.StockOfSku;
import org.tierstock.movements.Cell;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.ToSales;
import org.tierstock.runtime.documents.DocumentNumbers;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.runtime.work.Progress;

/**
 * Places free stock (cover job): on short lines that its node serves, then as backing in place of nodes with a deficit, and
 * only then as new promises by the allotment rules (S2, S4). Nothing is promised anew while a short line waits for it.
 */
@ApplicationScoped
public class PlaceFreeStock {
    private final RuleBook ruleBook;
    private final StockRows stockRows;
    private final DispatchLines lines;
    private final DocumentNumbers documentNumbers;
    private final PostMovements movements;

    @Inject
    public PlaceFreeStock(
            RuleBook ruleBook,
            StockRows stockRows,
            DispatchLines lines,
            DocumentNumbers documentNumbers,
            PostMovements movements) {
        this.ruleBook = ruleBook;
        this.stockRows = stockRows;
        this.lines = lines;
        this.documentNumbers = documentNumbers;
        this.movements = movements;
    }

    /** SKUs with free stock to place, at most {@code limit}. */
    public List<Sku> due(Set<Integer> partitions, int limit) {
        return stockRows.unplaced(partitions, limit);
    }

    /**
     * Places the free stock of those of these SKUs that no other transaction holds.
     *
     * @param mostLines how many short lines of a SKU are covered: the oldest of those that its free stock may serve
     * @return more when lines wait that were not read and that what is left may serve
     */
    @Transactional
    public Progress place(List<Sku> due, int mostLines) {
        Rules rules = ruleBook.current();
        Stock stock = stockRows.lockUnheld(due);
        if (stock.all().isEmpty()) {
            return Progress.NONE;
        }
        List<Sku> skus = stock.skus();
        Posting posting = new Posting(rules, mostLines);
        List<ChannelKey> served = lines.shortKeys(skus).stream()
                .filter(key -> posting.cover.serves(stock.of(key.sku()), key))
                .toList();
        Map<Sku, List<LineInHand>> waiting = bySku(served.isEmpty() ? List.of() : lines.waiting(served, mostLines));
        List<Sku> placed = new ArrayList<>(skus.size());
        for (StockOfSku goods : stock.all()) {
            if (posting.place(goods, waiting.getOrDefault(goods.sku(), List.of()), served)) {
                placed.add(goods.sku());
            }
        }
        movements.request(posting.requested);
        List<ToSales> messages = new ArrayList<>(movements.saveLines(posting.covered, List.of()));
        messages.addAll(posting.grants);
        movements.post(stock, messages, Numbers.NONE);
        stockRows.placed(placed);
        return placed.size() < skus.size() ? Progress.MORE : Progress.DONE;
    }

    private static Map<Sku, List<LineInHand>> bySku(List<LineInHand> lines) {
        Map<Sku, List<LineInHand>> bySku = new HashMap<>();
        for (LineInHand line : lines) {
            bySku.computeIfAbsent(line.line().key().sku(), sku -> new ArrayList<>())
                    .add(line);
        }
        return bySku;
    }

    private final class Posting {
        private final Rules rules;
        private final int mostLines;
        private final Cover cover;
        private final Allotment allotment;
        private final NumberBlock outboundIds = new NumberBlock(documentNumbers, "OB");
        private final NumberBlock exchangeNumbers = new NumberBlock(documentNumbers, "BX");
        private final NumberBlock grantNumbers = new NumberBlock(documentNumbers, "GR");
        private final List<Outbound> requested = new ArrayList<>();
        private final List<LineInHand> covered = new ArrayList<>();
        private final List<ToSales.StockGranted> grants = new ArrayList<>();

        Posting(Rules rules, int mostLines) {
            this.rules = rules;
            this.mostLines = mostLines;
            this.cover = new Cover(rules);
            this.allotment = new Allotment(rules);
        }

        /** True when all that the SKU's free stock is for has been done. */
        boolean place(StockOfSku goods, List<LineInHand> waiting, List<ChannelKey> served) {
            cover(goods, waiting);
            if (waiting.size() == mostLines
                    && served.stream().anyMatch(key -> key.sku().equals(goods.sku()) && cover.serves(goods, key))) {
                // More lines may wait than were read: they come before any promise.
                return false;
            }
            cover.deficits(goods, exchangeNumbers);
            grants.addAll(allotment.allot(goods, grantNumbers));
            return true;
        }

        private void cover(StockOfSku goods, List<LineInHand> waiting) {
            Map<LineNumber, LineInHand> byNumber = new HashMap<>();
            waiting.forEach(line -> byNumber.put(line.line().number(), line));
            List<DispatchLine> oldestFirst =
                    waiting.stream().map(LineInHand::line).toList();
            for (Covered now : cover.shortages(goods, oldestFirst)) {
                LineNumber number = now.line().number();
                covered.add(byNumber.get(number).with(now.line()));
                for (Sourcing.Allocation allocation : now.allocations()) {
                    requested.add(Outbound.requested(
                            outboundIds.get(),
                            number,
                            new Cell(allocation.node(), goods.sku()),
                            rules.warehouseOf(allocation.node()),
                            allocation.quantity()));
                }
            }
        }
    }
}
