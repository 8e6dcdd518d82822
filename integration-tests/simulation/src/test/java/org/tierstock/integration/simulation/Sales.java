package org.tierstock.integration.simulation;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.dispatch.fake.DispatchLayer;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.movements.protocol.ToSales;
import org.tierstock.movements.protocol.ToSales.SaleReversed;
import org.tierstock.movements.protocol.ToSales.StockGranted;
import org.tierstock.movements.protocol.ToSales.StockRevoked;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.runtime.work.EachInTurn;
import org.tierstock.runtime.work.Progress;
import org.tierstock.runtime.work.Unreached;
import org.tierstock.sales.application.AskCancels;
import org.tierstock.sales.application.port.DispatchCancels;
import org.tierstock.sales.domain.CancelOrder;
import org.tierstock.sales.domain.CancelOutcome;
import org.tierstock.sales.domain.ConfirmPayment;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.PaymentOutcome;
import org.tierstock.sales.domain.PlaceOrder;
import org.tierstock.sales.domain.PlaceOutcome;

/** The sales layer: its real use cases, in the process that it has now. */
final class Sales {
    final SalesPorts ports;
    final Process process;

    private final Map<StreamPosition, Received<HandOver>> unacknowledged = new LinkedHashMap<>();
    private SalesUseCases useCases;

    Sales(Parts parts, SalesPorts ports) {
        this.ports = ports;
        this.process = ports.process;
        process.startWith(() -> useCases = parts.useCases(ports));
    }

    List<PlaceOutcome> place(List<PlaceOrder> orders) {
        return process.inTransaction(() -> useCases.placeOrders.place(orders));
    }

    List<PaymentOutcome> pay(List<ConfirmPayment> payments) {
        return process.inTransaction(() -> useCases.confirmPayments.confirm(payments));
    }

    List<CancelOutcome> cancel(List<CancelOrder> cancels) {
        return process.inTransaction(() -> useCases.cancelOrders.cancel(cancels));
    }

    void expire(List<OrderNumber> due) {
        process.inTransaction(() -> useCases.expireLocks.expire(due));
    }

    List<OrderNumber> due(int limit) {
        return ports.orders.due(DispatchLayer.ALL_PARTITIONS, limit);
    }

    boolean askCancels(DispatchCancels dispatch, int limit) {
        EachInTurn eachInTurn = new EachInTurn(ports.stuckWork, new SimpleMeterRegistry());
        AskCancels job = new AskCancels(ports.cancellations(), dispatch, useCases.recordCancelAnswers, eachInTurn);
        try {
            return job.ask(DispatchLayer.ALL_PARTITIONS, limit) == Progress.MORE;
        } catch (Unreached e) {
            return false;
        }
    }

    /** Applies messages from dispatch, all of one type. */
    void apply(List<Received<?>> received) {
        switch ((ToSales) received.getFirst().message()) {
            case StockGranted first -> useCases.applyGrants.apply(as(StockGranted.class, received));
            case StockRevoked first -> useCases.settleRevocations.settle(as(StockRevoked.class, received));
            case SaleReversed first -> useCases.reverseSales.reverse(as(SaleReversed.class, received));
        }
    }

    static <M extends Message> List<Received<M>> as(Class<M> type, List<Received<?>> messages) {
        return messages.stream()
                .map(received -> received.as(type.cast(received.message())))
                .toList();
    }

    /** Remembers hand-overs for the relay: they are in the outbox until dispatch has acknowledged them. */
    void remember(List<Received<Message>> sent) {
        for (Received<Message> message : sent) {
            if (message.message() instanceof HandOver handOver) {
                unacknowledged.put(message.position(), message.as(handOver));
            }
        }
    }

    /** What is still to be handed over. The relay passes over rows that were purged: dispatch has them. */
    List<Received<HandOver>> unacknowledged() {
        List<Received<HandOver>> purged = unacknowledged.values().stream()
                .filter(handOver -> !ports.outbox.keeps(handOver.position()))
                .toList();
        acknowledge(purged);
        return new ArrayList<>(unacknowledged.values());
    }

    void acknowledge(List<Received<HandOver>> handOvers) {
        for (Received<HandOver> handOver : handOvers) {
            unacknowledged.remove(handOver.position());
            ports.orders.acknowledge(handOver.message());
        }
    }
}
