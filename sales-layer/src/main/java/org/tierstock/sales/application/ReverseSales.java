package org.tierstock.sales.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tierstock.movements.InvalidValue;
import org.tierstock.movements.protocol.ToSales.SaleReversed;
import org.tierstock.runtime.exchange.CannotApply;
import org.tierstock.runtime.exchange.Inbox;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.sales.application.port.Cancellations;
import org.tierstock.sales.application.port.Orders;
import org.tierstock.sales.application.port.StockRows;
import org.tierstock.sales.domain.Cancellation;
import org.tierstock.sales.domain.Order;
import org.tierstock.sales.domain.OrderLine;
import org.tierstock.sales.domain.OrderNumber;

/** Takes back what dispatch will not deliver: cancelled after payment, or short (S15, S31). */
@ApplicationScoped
public class ReverseSales {
    private final StockRows stockRows;
    private final Orders orders;
    private final Cancellations cancellations;
    private final Inbox inbox;

    @Inject
    public ReverseSales(StockRows stockRows, Orders orders, Cancellations cancellations, Inbox inbox) {
        this.stockRows = stockRows;
        this.orders = orders;
        this.cancellations = cancellations;
        this.inbox = inbox;
    }

    /**
     * Applies each reversal once, however often it comes.
     *
     * @throws CannotApply when one names an order, line or cancel that is not what it says; then none is applied
     */
    @Transactional
    public void reverse(List<Received<SaleReversed>> reversals) {
        LockedOrders locked = LockedOrders.of(reversals, received -> numberOf(received.message()), stockRows, orders);
        Changing<String, Cancellation> cancels = new Changing<>(loadCancels(reversals));
        List<Received<SaleReversed>> fresh = inbox.admit(reversals);
        for (Received<SaleReversed> received : fresh) {
            SaleReversed reversal = received.message();
            Order order = locked.get(numberOf(reversal));
            check(reversal, order, cancels);
            locked.put(order.reverse(reversal, locked.book()));
            if (reversal.cancel() != null) {
                String document = documentOf(reversal);
                Cancellation cancel = cancels.get(document);
                cancels.put(document, cancel.reversed(reversal.orderLine(), reversal.quantity(), reversal.refused()));
            }
        }
        if (!fresh.isEmpty()) {
            orders.update(locked.changed(), List.of(), Numbers.NONE);
            cancellations.update(cancels.changed());
            stockRows.post(locked.book(), Numbers.received(fresh));
        }
    }

    private Map<String, Cancellation> loadCancels(List<Received<SaleReversed>> reversals) {
        List<String> documents = new ArrayList<>();
        for (Received<SaleReversed> received : reversals) {
            if (received.message().cancel() != null) {
                documents.add(documentOf(received.message()));
            }
        }
        return documents.isEmpty() ? Map.of() : cancellations.load(documents);
    }

    static void check(SaleReversed reversal, Order order, Changing<String, Cancellation> cancels) {
        OrderLine line = order == null ? null : order.line(reversal.orderLine()).orElse(null);
        if (line == null || !line.state().sold()) {
            throw new CannotApply(
                    "No paid order line " + reversal.order() + '/' + reversal.orderLine() + " is known here");
        }
        if (!line.key().channelKey().equals(reversal.key())) {
            throw new CannotApply("The line sold from " + line.key() + ", not from " + reversal.key());
        }
        if (line.reversed() + reversal.quantity() > line.remaining()) {
            throw new CannotApply("More would be reversed of " + reversal.order() + '/' + reversal.orderLine()
                    + " than was sold: " + line.reversed() + " + " + reversal.quantity());
        }
        if (reversal.cancel() != null) {
            Cancellation cancel = cancels.get(documentOf(reversal));
            if (cancel == null || !cancel.order().equals(order.number()) || !cancel.names(reversal.orderLine())) {
                throw new CannotApply("No cancel " + reversal.cancel() + " of this line is known here");
            }
            if (cancel.line(reversal.orderLine()).pending() < reversal.quantity() + reversal.refused()) {
                throw new CannotApply("Cancel " + reversal.cancel() + " would be settled for more than was asked");
            }
        }
    }

    static OrderNumber numberOf(SaleReversed reversal) {
        try {
            return OrderNumber.parse(reversal.order());
        } catch (InvalidValue e) {
            throw new CannotApply("Not an order number: " + reversal.order(), e);
        }
    }

    static String documentOf(SaleReversed reversal) {
        try {
            return Cancellation.documentOf(reversal.cancel());
        } catch (InvalidValue e) {
            throw new CannotApply("Not a cancel: " + reversal.cancel(), e);
        }
    }
}
