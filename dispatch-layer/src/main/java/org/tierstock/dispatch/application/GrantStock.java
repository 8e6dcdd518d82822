package org.tierstock.dispatch.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.tierstock.dispatch.application.port.DispatchLines;
import org.tierstock.dispatch.application.port.HandGrants;
import org.tierstock.dispatch.application.port.HandGrants.HandGrant;
import org.tierstock.dispatch.application.port.RuleBook;
import org.tierstock.dispatch.application.port.StockRows;
import org.tierstock.dispatch.domain.Allotment;
import org.tierstock.dispatch.domain.Rules;
import org.tierstock.dispatch.domain.Stock;
import org.tierstock.dispatch.domain.StockOfSku;
import org.tierstock.movements.Cell;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.NodeKey;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.ToSales.StockGranted;
import org.tierstock.runtime.documents.DocumentNumbers;
import org.tierstock.runtime.exchange.Numbers;

/** Promises free stock of one cell to one key by a person's decision (库存同步单). */
@ApplicationScoped
public class GrantStock {
    /** What became of it. */
    public sealed interface Outcome {
        /** It is granted, now or before under the same number. */
        record Granted(HandGrant grant, boolean replayed) implements Outcome {}

        /** The number was used for another grant. */
        record NumberReused() implements Outcome {}

        /** The node does not serve the key: by its region, its quality or the rules. */
        record NotServed() implements Outcome {}

        /** Less than that is free. */
        record TooLittleFree(long free) implements Outcome {}

        /** A short line that the node serves waits for the stock. */
        record ShortLineWaits() implements Outcome {}
    }

    private final RuleBook ruleBook;
    private final StockRows stockRows;
    private final HandGrants grants;
    private final DispatchLines lines;
    private final DocumentNumbers documentNumbers;
    private final PostMovements movements;

    @Inject
    public GrantStock(
            RuleBook ruleBook,
            StockRows stockRows,
            HandGrants grants,
            DispatchLines lines,
            DocumentNumbers documentNumbers,
            PostMovements movements) {
        this.ruleBook = ruleBook;
        this.stockRows = stockRows;
        this.grants = grants;
        this.lines = lines;
        this.documentNumbers = documentNumbers;
        this.movements = movements;
    }

    /**
     * Grants a quantity, wholly or not at all.
     *
     * @param number the person's own number: the idempotency key
     * @param quantity whole units, at least 1
     */
    @Transactional
    public Outcome grant(String number, Cell cell, ChannelKey key, long quantity) {
        Rules rules = ruleBook.current();
        Stock stock = stockRows.lock(List.of(cell.sku()));
        Optional<HandGrant> known = grants.find(number);
        if (known.isPresent()) {
            HandGrant before = known.get();
            boolean same = before.cell().equals(cell) && before.key().equals(key) && before.quantity() == quantity;
            return same ? new Outcome.Granted(before, true) : new Outcome.NumberReused();
        }
        StockOfSku goods = stock.of(cell.sku());
        if (!rules.serves(cell.node(), key) || !cell.sku().equals(key.sku())) {
            return new Outcome.NotServed();
        }
        if (goods.free(cell.node()) < quantity) {
            return new Outcome.TooLittleFree(goods.free(cell.node()));
        }
        if (waits(rules, cell.node(), cell.sku())) {
            return new Outcome.ShortLineWaits();
        }
        String grantNumber = documentNumbers.next("GR", 1).getFirst();
        StockGranted message = Allotment.byHand(goods, cell.node(), key, quantity, grantNumber);
        HandGrant grant = new HandGrant(number, grantNumber, cell, key, quantity);
        grants.insert(grant);
        movements.post(stock, List.of(message), Numbers.NONE);
        return new Outcome.Granted(grant, false);
    }

    private boolean waits(Rules rules, NodeKey node, Sku sku) {
        return lines.waiting(List.of(sku), PlaceFreeStock.WAITING_LINES).stream()
                .anyMatch(line -> rules.serves(node, line.line().key()));
    }
}
