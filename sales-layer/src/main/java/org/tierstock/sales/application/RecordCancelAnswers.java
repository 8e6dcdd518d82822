package org.tierstock.sales.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.sales.application.port.Cancellations;
import org.tierstock.sales.application.port.Cancellations.Unanswered;
import org.tierstock.sales.application.port.DispatchCancels.Accepted;
import org.tierstock.sales.application.port.Orders;
import org.tierstock.sales.application.port.StockRows;
import org.tierstock.sales.domain.Cancellation;

/** Records how much of a cancel dispatch tries to serve; the rest is refused. What it achieves comes as a sale reversed. */
@ApplicationScoped
public class RecordCancelAnswers {
    /** Dispatch's answer to one cancel. */
    public record Answered(Unanswered cancel, Accepted answer) {}

    private final StockRows stockRows;
    private final Orders orders;
    private final Cancellations cancellations;

    @Inject
    public RecordCancelAnswers(StockRows stockRows, Orders orders, Cancellations cancellations) {
        this.stockRows = stockRows;
        this.orders = orders;
        this.cancellations = cancellations;
    }

    /** Records each answer once; one that was recorded before changes nothing. */
    @Transactional
    public void record(List<Answered> answers) {
        LockedOrders locked = LockedOrders.of(answers, answer -> answer.cancel().order(), stockRows, orders);
        Changing<String, Cancellation> open = new Changing<>(cancellations.load(answers.stream()
                .map(answer -> answer.cancel().document())
                .distinct()
                .toList()));
        for (Answered answer : answers) {
            Unanswered asked = answer.cancel();
            Cancellation cancel = open.get(asked.document());
            if (!cancel.line(asked.line()).answered()) {
                Accepted accepted = answer.answer();
                open.put(asked.document(), cancel.answered(asked.line(), accepted.units(), accepted.by()));
                locked.put(locked.get(asked.order()).cancelRefused(asked.line(), asked.quantity() - accepted.units()));
            }
        }
        orders.update(locked.changed(), List.of(), Numbers.NONE);
        cancellations.update(open.changed());
    }
}
