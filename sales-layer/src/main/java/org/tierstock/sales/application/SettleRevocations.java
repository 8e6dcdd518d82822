package org.tierstock.sales.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.tierstock.movements.protocol.ToDispatch.RevocationSettled;
import org.tierstock.movements.protocol.ToSales.StockRevoked;
import org.tierstock.runtime.exchange.Inbox;
import org.tierstock.runtime.exchange.Outbox;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.sales.application.port.StockRows;
import org.tierstock.sales.domain.Promise;
import org.tierstock.sales.domain.StockKey;

/** Gives promised stock back to dispatch, as much as nobody has ordered. */
@ApplicationScoped
public class SettleRevocations {
    private final StockRows stockRows;
    private final Inbox inbox;
    private final Outbox outbox;

    @Inject
    public SettleRevocations(StockRows stockRows, Inbox inbox, Outbox outbox) {
        this.stockRows = stockRows;
        this.inbox = inbox;
        this.outbox = outbox;
    }

    /** Settles each revocation once, however often it comes, and tells dispatch what was taken. */
    @Transactional
    public void settle(List<Received<StockRevoked>> revocations) {
        Set<StockKey> keys = new LinkedHashSet<>();
        for (Received<StockRevoked> revocation : revocations) {
            keys.add(StockKey.regular(revocation.message().key()));
        }
        StockRows.Locked locked = stockRows.lock(keys);
        List<RevocationSettled> settled = new ArrayList<>();
        for (Received<StockRevoked> revocation : inbox.admit(revocations)) {
            settled.add(Promise.revoke(revocation.message(), locked.book()));
        }
        stockRows.post(locked.book(), outbox.append(settled));
    }
}
