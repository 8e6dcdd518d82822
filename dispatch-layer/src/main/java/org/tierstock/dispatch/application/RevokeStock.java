package org.tierstock.dispatch.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.tierstock.dispatch.application.port.Revocations;
import org.tierstock.dispatch.application.port.StockRows;
import org.tierstock.dispatch.domain.Revocation;
import org.tierstock.dispatch.domain.Stock;
import org.tierstock.movements.ChannelKey;
import org.tierstock.runtime.documents.DocumentNumbers;
import org.tierstock.runtime.exchange.Numbers;

/** Asks promised stock back by a person's decision (库存同步单). Sales gives what it has not sold or locked. */
@ApplicationScoped
public class RevokeStock {
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
     * Asks a quantity back.
     *
     * @param number the person's own number: the idempotency key
     * @param quantity whole units, at least 1
     * @param node the node whose backing should shrink; empty for no preference
     */
    @Transactional
    public Outcome revoke(String number, ChannelKey key, long quantity, String node) {
        Stock stock = stockRows.lock(List.of(key.sku()));
        Optional<Revocation> known = revocations.byDocument(number);
        if (known.isPresent()) {
            Revocation before = known.get();
            boolean same = before.key().equals(key)
                    && before.asked() == quantity
                    && before.node().equals(node);
            return same ? new Outcome.Sent(before, true) : new Outcome.NumberReused();
        }
        long account = stock.of(key.sku()).account(key);
        if (account < quantity) {
            return new Outcome.AccountTooSmall(account);
        }
        Revocation revocation = Revocation.of(documentNumbers.next("RV", 1).getFirst(), key, quantity, node);
        revocations.insert(number, revocation);
        movements.post(stock, List.of(revocation.message()), Numbers.NONE);
        return new Outcome.Sent(revocation, false);
    }
}
