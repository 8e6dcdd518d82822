package org.tierstock.dispatch.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tierstock.dispatch.application.port.Revocations;
import org.tierstock.dispatch.application.port.StockRows;
import org.tierstock.dispatch.domain.Revocation;
import org.tierstock.dispatch.domain.Stock;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.Code;
import org.tierstock.movements.Quantity;
import org.tierstock.movements.protocol.ToSales.StockRevoked;
import org.tierstock.runtime.documents.DocumentNumbers;
import org.tierstock.runtime.exchange.Numbers;

/** Asks promised stock back by a person's decision (库存同步单). Sales gives what it has not sold or locked. */
@ApplicationScoped
public class RevokeStock {
    /**
     * A revocation that a person wants.
     *
     * @param number the person's own number: the idempotency key
     * @param quantity whole units, at least 1
     * @param node the node whose backing should shrink; empty for no preference
     */
    public record Revoke(String number, ChannelKey key, long quantity, String node) {
        public Revoke {
            Code.number("revocationNumber", number);
            Quantity.positive("quantity", quantity);
            if (!node.isEmpty()) {
                Code.of("node", node);
            }
        }
    }

    /** What became of it. */
    public sealed interface Outcome {
        /** It is asked for, now or before under the same number. */
        record Sent(Revocation revocation, boolean replayed) implements Outcome {}

        /** The number was used for another revocation. */
        record NumberReused() implements Outcome {}

        /** The key's account holds less than that. */
        record AccountTooSmall(long account) implements Outcome {}
    }

    private final StockRows stockRows;
    private final Revocations revocations;
    private final DocumentNumbers documentNumbers;
    private final PostMovements movements;

    @Inject
    public RevokeStock(
            StockRows stockRows, Revocations revocations, DocumentNumbers documentNumbers, PostMovements movements) {
        this.stockRows = stockRows;
        this.revocations = revocations;
        this.documentNumbers = documentNumbers;
        this.movements = movements;
    }

    /**
     * Asks quantities back.
     *
     * @return the outcomes in the order asked
     */
    @Transactional
    public List<Outcome> revoke(List<Revoke> asked) {
        Stock stock =
                stockRows.lock(asked.stream().map(revoke -> revoke.key().sku()).toList());
        List<StockRevoked> messages = new ArrayList<>();
        List<Outcome> outcomes = new ArrayList<>(asked.size());
        for (Revoke revoke : asked) {
            outcomes.add(decide(revoke, stock, messages));
        }
        movements.post(stock, messages, Numbers.NONE);
        return outcomes;
    }

    private Outcome decide(Revoke revoke, Stock stock, List<StockRevoked> messages) {
        Optional<Revocation> known = revocations.byDocument(revoke.number());
        if (known.isPresent()) {
            Revocation before = known.get();
            Revoke again = new Revoke(revoke.number(), before.key(), before.asked(), before.node());
            return again.equals(revoke) ? new Outcome.Sent(before, true) : new Outcome.NumberReused();
        }
        long account = stock.of(revoke.key().sku()).account(revoke.key());
        if (account < revoke.quantity()) {
            return new Outcome.AccountTooSmall(account);
        }
        String number = documentNumbers.next("RV", 1).getFirst();
        Revocation revocation = Revocation.of(number, revoke.key(), revoke.quantity(), revoke.node());
        revocations.insert(revoke.number(), revocation);
        messages.add(revocation.message());
        return new Outcome.Sent(revocation, false);
    }
}
