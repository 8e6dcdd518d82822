package org.tierstock.dispatch.adapter.in.amqp;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.tierstock.dispatch.application.ApplySettlements;
import org.tierstock.movements.protocol.ToDispatch.RevocationSettled;
import org.tierstock.runtime.exchange.MessageIntakes;

/** Takes settlements of revocations from sales. Hand-overs, which share their stream, come by call. */
@ApplicationScoped
public class SalesMessagesConsumer {
    private static final String SENDER = "sales";
    private static final String QUEUE = "sales-to-dispatch";

    private final ApplySettlements applySettlements;

    @Inject
    public SalesMessagesConsumer(ApplySettlements applySettlements) {
        this.applySettlements = applySettlements;
    }

    void open(@Observes StartupEvent event, MessageIntakes intakes) {
        intakes.open(QUEUE, SENDER, RevocationSettled.class, applySettlements::apply);
    }
}
