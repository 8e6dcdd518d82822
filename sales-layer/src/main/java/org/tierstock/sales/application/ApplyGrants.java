package org.tierstock.sales.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.tierstock.movements.protocol.ToSales.StockGranted;
import org.tierstock.runtime.exchange.Inbox;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.sales.application.port.StockRows;
import org.tierstock.sales.domain.Promise;
import org.tierstock.sales.domain.StockKey;

/** Makes sellable what dispatch has promised (S14). */
@ApplicationScoped
public class ApplyGrants {
    private final StockRows stockRows;
    private final Inbox inbox;

    @Inject
    public ApplyGrants(StockRows stockRows, Inbox inbox) {
        this.stockRows = stockRows;
        this.inbox = inbox;
    }

    /** Applies each grant once, however often it comes. */
    @Transactional
    public void apply(List<Received<StockGranted>> grants) {
        Set<StockKey> keys = new LinkedHashSet<>();
        for (Received<StockGranted> grant : grants) {
            keys.add(Promise.keyOf(grant.message()));
        }
        StockRows.Locked locked = stockRows.lockOrCreate(keys);
        List<Received<StockGranted>> fresh = inbox.admit(grants);
        for (Received<StockGranted> grant : fresh) {
            Promise.grant(grant.message(), locked.book());
        }
        stockRows.post(locked.book(), Numbers.received(fresh));
    }
}
