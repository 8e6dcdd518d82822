package org.tierstock.dispatch.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tierstock.dispatch.application.port.Revocations;
import org.tierstock.dispatch.application.port.StockRows;
import org.tierstock.dispatch.domain.Revocation;
import org.tierstock.dispatch.domain.Settlement;
import org.tierstock.dispatch.domain.Stock;
import org.tierstock.movements.protocol.ToDispatch.RevocationSettled;
import org.tierstock.runtime.exchange.CannotApply;
import org.tierstock.runtime.exchange.Inbox;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.runtime.exchange.Received;

/** Takes back what sales gave of revocations; it repays deficits, or is free. */
@ApplicationScoped
public class ApplySettlements {
    private final StockRows stockRows;
    private final Inbox inbox;
    private final Revocations revocations;
    private final PostMovements movements;

    @Inject
    public ApplySettlements(StockRows stockRows, Inbox inbox, Revocations revocations, PostMovements movements) {
        this.stockRows = stockRows;
        this.inbox = inbox;
        this.revocations = revocations;
        this.movements = movements;
    }

    /**
     * Applies settlements; those seen before have no effect.
     *
     * @throws CannotApply when one answers a revocation that was never sent; then none is applied
     */
    @Transactional
    public void apply(List<Received<RevocationSettled>> received) {
        Stock stock = stockRows.lock(
                received.stream().map(settled -> settled.message().key().sku()).toList());
        List<Received<RevocationSettled>> fresh = inbox.admit(received);
        if (fresh.isEmpty()) {
            return;
        }
        Map<String, Revocation> sent = revocations.find(
                fresh.stream().map(settled -> settled.message().revocation()).toList());
        List<Revocation> settled = new ArrayList<>(fresh.size());
        for (Received<RevocationSettled> answer : fresh) {
            RevocationSettled message = answer.message();
            Revocation revocation = sent.get(message.revocation());
            if (revocation == null) {
                throw new CannotApply("No revocation " + message.revocation() + " was sent");
            }
            Settlement.settle(stock.of(message.key().sku()), revocation, message);
            settled.add(revocation.settled(message.taken()));
        }
        revocations.save(settled);
        movements.post(stock, List.of(), Numbers.received(fresh));
    }
}
