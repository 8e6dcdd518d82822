package org.tierstock.sales.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.runtime.work.WorkSignals;
import org.tierstock.sales.application.port.Cancellations;
import org.tierstock.sales.application.port.Orders;
import org.tierstock.sales.application.port.StockRows;
import org.tierstock.sales.domain.CancelOrder;
import org.tierstock.sales.domain.CancelOutcome;
import org.tierstock.sales.domain.CancelOutcome.Cancelled;
import org.tierstock.sales.domain.CancelOutcome.DocumentReused;
import org.tierstock.sales.domain.CancelOutcome.UnknownLine;
import org.tierstock.sales.domain.CancelOutcome.UnknownOrder;
import org.tierstock.sales.domain.Cancellation;
import org.tierstock.sales.domain.Order;

/** Cancels orders by quantity, before payment and after it (S31, S118). */
@ApplicationScoped
public class CancelOrders {
    private final StockRows stockRows;
    private final Orders orders;
    private final Cancellations cancellations;
    private final WorkSignals signals;

    @Inject
    public CancelOrders(StockRows stockRows, Orders orders, Cancellations cancellations, WorkSignals signals) {
        this.stockRows = stockRows;
        this.orders = orders;
        this.cancellations = cancellations;
        this.signals = signals;
    }

    /**
     * Cancels each, in the order given. What is not paid is given back at once; what is paid is asked of dispatch by
     * {@link AskCancels} after the commit.
     *
     * @return one outcome for each cancellation, in the same order; durable when this returns
     */
    @Transactional
    public List<CancelOutcome> cancel(List<CancelOrder> asked) {
        LockedOrders locked = LockedOrders.of(asked, CancelOrder::order, stockRows, orders);
        Map<String, Cancellation> known = new HashMap<>(cancellations.load(
                asked.stream().map(CancelOrder::document).distinct().toList()));
        List<CancelOutcome> outcomes = new ArrayList<>(asked.size());
        List<Cancellation> recorded = new ArrayList<>(asked.size());
        for (CancelOrder cancel : asked) {
            Cancellation before = known.get(cancel.document());
            Order order = locked.get(cancel.order());
            if (before != null) {
                outcomes.add(
                        before.contentHash() == cancel.contentHash()
                                ? new Cancelled(before, true)
                                : new DocumentReused(cancel.document()));
                continue;
            }
            if (order == null) {
                outcomes.add(new UnknownOrder(cancel.order()));
                continue;
            }
            Optional<CancelOrder.Line> stranger = cancel.lines().stream()
                    .filter(line -> order.line(line.line()).isEmpty())
                    .findFirst();
            if (stranger.isPresent()) {
                outcomes.add(new UnknownLine(cancel.order(), stranger.get().line()));
                continue;
            }
            Order.Cancelling cancelling = order.cancel(cancel, locked.book());
            locked.put(cancelling.order());
            known.put(cancel.document(), cancelling.cancellation());
            recorded.add(cancelling.cancellation());
            outcomes.add(new Cancelled(cancelling.cancellation(), false));
        }
        if (!recorded.isEmpty()) {
            cancellations.insert(recorded);
            orders.update(locked.changed(), List.of(), Numbers.NONE);
            stockRows.post(locked.book(), Numbers.NONE);
            if (recorded.stream().flatMap(each -> each.lines().stream()).anyMatch(line -> !line.answered())) {
                signals.announce(AskCancels.WORK);
            }
        }
        return outcomes;
    }
}
