package org.tierstock.sales.adapter.in.amqp;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.ToSales;
import org.tierstock.movements.protocol.ToSales.SaleReversed;
import org.tierstock.movements.protocol.ToSales.StockGranted;
import org.tierstock.movements.protocol.ToSales.StockRevoked;
import org.tierstock.runtime.exchange.MessageIntakes;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.sales.application.ApplyGrants;
import org.tierstock.sales.application.ReverseSales;
import org.tierstock.sales.application.SettleRevocations;

/**
 * Takes grants, revocations and reversals from dispatch. They commute, so each kind is applied in a transaction of its own;
 * one that was applied before is known by its number.
 */
@ApplicationScoped
public class DispatchMessagesConsumer {
    private static final String SENDER = "dispatch";
    private static final String QUEUE = "dispatch-to-sales";

    private final ApplyGrants applyGrants;
    private final SettleRevocations settleRevocations;
    private final ReverseSales reverseSales;

    @Inject
    public DispatchMessagesConsumer(
            ApplyGrants applyGrants, SettleRevocations settleRevocations, ReverseSales reverseSales) {
        this.applyGrants = applyGrants;
        this.settleRevocations = settleRevocations;
        this.reverseSales = reverseSales;
    }

    void open(@Observes StartupEvent event, MessageIntakes intakes) {
        intakes.open(QUEUE, SENDER, ToSales.class, this::apply);
    }

    private void apply(List<Received<ToSales>> messages) {
        List<Received<StockGranted>> grants = new ArrayList<>();
        List<Received<StockRevoked>> revocations = new ArrayList<>();
        List<Received<SaleReversed>> reversals = new ArrayList<>();
        for (Received<ToSales> received : messages) {
            switch (received.message()) {
                case StockGranted grant -> grants.add(with(received, grant));
                case StockRevoked revocation -> revocations.add(with(received, revocation));
                case SaleReversed reversal -> reversals.add(with(received, reversal));
            }
        }
        if (!grants.isEmpty()) {
            applyGrants.apply(grants);
        }
        if (!revocations.isEmpty()) {
            settleRevocations.settle(revocations);
        }
        if (!reversals.isEmpty()) {
            reverseSales.reverse(reversals);
        }
    }

    private static <M extends ToSales> Received<M> with(Received<ToSales> envelope, M message) {
        StreamPosition position = envelope.position();
        return new Received<>(message, position, envelope.epoch(), envelope.journal());
    }
}
