package org.tierstock.dispatch.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
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
import org.tierstock.movements.Code;
import org.tierstock.movements.NodeKey;
import org.tierstock.movements.Quantity;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.ToSales.StockGranted;
import org.tierstock.runtime.documents.DocumentNumbers;
import org.tierstock.runtime.exchange.Numbers;

/** Promises free stock of one cell to one key by a person's decision (库存同步单). */
@ApplicationScoped
public class GrantStock {
    /**
     * A grant that a person wants.
     *
     * @param number the person's own number: the idempotency key
     * @param quantity whole units, at least 1
     */
    public record Grant(String number, Cell cell, ChannelKey key, long quantity) {
        public Grant {
            Code.number("grantNumber", number);
            Quantity.positive("quantity", quantity);
        }
    }

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
     * Makes grants, each wholly or not at all.
     *
     * @return the outcomes in the order of the grants
     */
    @Transactional
    public List<Outcome> grant(List<Grant> asked) {
        Rules rules = ruleBook.current();
        Stock stock =
                stockRows.lock(asked.stream().map(grant -> grant.cell().sku()).toList());
        List<StockGranted> messages = new ArrayList<>();
        List<Outcome> outcomes = new ArrayList<>(asked.size());
        for (Grant grant : asked) {
            outcomes.add(decide(grant, rules, stock.of(grant.cell().sku()), messages));
        }
        movements.post(stock, messages, Numbers.NONE);
        return outcomes;
    }

    private Outcome decide(Grant grant, Rules rules, StockOfSku goods, List<StockGranted> messages) {
        Optional<HandGrant> known = grants.find(grant.number());
        if (known.isPresent()) {
            HandGrant before = known.get();
            Grant again = new Grant(before.number(), before.cell(), before.key(), before.quantity());
            return again.equals(grant) ? new Outcome.Granted(before, true) : new Outcome.NumberReused();
        }
        NodeKey node = grant.cell().node();
        if (!grant.cell().sku().equals(grant.key().sku()) || !rules.serves(node, grant.key())) {
            return new Outcome.NotServed();
        }
        if (goods.free(node) < grant.quantity()) {
            return new Outcome.TooLittleFree(goods.free(node));
        }
        if (waits(rules, node, goods.sku())) {
            return new Outcome.ShortLineWaits();
        }
        String number = documentNumbers.next("GR", 1).getFirst();
        messages.add(Allotment.byHand(goods, node, grant.key(), grant.quantity(), number));
        HandGrant made = new HandGrant(grant.number(), number, grant.cell(), grant.key(), grant.quantity());
        grants.insert(made);
        return new Outcome.Granted(made, false);
    }

    private boolean waits(Rules rules, NodeKey node, Sku sku) {
        return lines.shortKeys(List.of(sku)).stream().anyMatch(key -> rules.serves(node, key));
    }
}
