package org.tierstock.sales.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.movements.Book;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.runtime.exchange.Outbox;
import org.tierstock.sales.application.port.Orders;
import org.tierstock.sales.application.port.Payments;
import org.tierstock.sales.application.port.StockRows;
import org.tierstock.sales.domain.ConfirmPayment;
import org.tierstock.sales.domain.Order;
import org.tierstock.sales.domain.OrderState;
import org.tierstock.sales.domain.Payment;
import org.tierstock.sales.domain.PaymentOutcome;
import org.tierstock.sales.domain.PaymentOutcome.AlreadyPaid;
import org.tierstock.sales.domain.PaymentOutcome.DocumentReused;
import org.tierstock.sales.domain.PaymentOutcome.UnknownOrder;
import org.tierstock.sales.domain.SalesBucket;
import org.tierstock.sales.domain.StockKey;

/** Records payments, deducts what they pay for and hands it over to dispatch (S24, S52). */
@ApplicationScoped
public class ConfirmPayments {
    private final StockRows stockRows;
    private final Orders orders;
    private final Payments payments;
    private final Outbox outbox;

    @Inject
    public ConfirmPayments(StockRows stockRows, Orders orders, Payments payments, Outbox outbox) {
        this.stockRows = stockRows;
        this.orders = orders;
        this.payments = payments;
        this.outbox = outbox;
    }

    /**
     * Records each payment, in the order given. Deduction and hand-over are one transaction, so a paid order is never
     * forgotten; the relay brings the hand-over to dispatch after the commit.
     *
     * @return one outcome for each payment, in the same order; durable when this returns
     */
    @Transactional
    public List<PaymentOutcome> confirm(List<ConfirmPayment> asked) {
        LockedOrders locked = LockedOrders.of(asked, ConfirmPayment::order, stockRows, orders);
        Map<String, Payment> known = new HashMap<>(payments.load(
                asked.stream().map(ConfirmPayment::document).distinct().toList()));
        List<PaymentOutcome> outcomes = new ArrayList<>(asked.size());
        List<Payment> answered = new ArrayList<>(asked.size());
        for (ConfirmPayment payment : asked) {
            Payment before = known.get(payment.document());
            Order order = locked.get(payment.order());
            if (before != null) {
                outcomes.add(
                        before.order().equals(payment.order())
                                ? before.outcome(true)
                                : new DocumentReused(payment.document()));
            } else if (order == null) {
                outcomes.add(new UnknownOrder(payment.order()));
            } else if (order.state() == OrderState.PAID) {
                outcomes.add(new AlreadyPaid(payment.order()));
            } else {
                Order.Paying paying = order.pay(payment, locked.book());
                locked.put(paying.order());
                known.put(payment.document(), paying.payment());
                answered.add(paying.payment());
                outcomes.add(paying.payment().outcome(false));
            }
        }
        if (!answered.isEmpty()) {
            payments.insert(answered);
            List<HandOver> handOvers = handOvers(locked.book());
            Numbers numbers = outbox.append(handOvers);
            orders.update(locked.changed(), handOvers, numbers);
            stockRows.post(locked.book(), numbers);
        }
        return outcomes;
    }

    private static List<HandOver> handOvers(Book<StockKey, SalesBucket> book) {
        List<HandOver> handOvers = new ArrayList<>();
        for (Book.Entry<StockKey, SalesBucket> entry : book.entries()) {
            if (entry.notice() instanceof HandOver handOver) {
                handOvers.add(handOver);
            }
        }
        return handOvers;
    }
}
