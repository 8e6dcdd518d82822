package org.tierstock.runtime.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.tierstock.runtime.exchange.BrokerCarrier;
import org.tierstock.runtime.exchange.QueueReceivers;

/** Not ready while a queue that this service applies is not received, or the one that it sends to is not reached. */
@Readiness
@ApplicationScoped
public class QueuesAreReached implements HealthCheck {
    private final QueueReceivers receivers;
    private final BrokerCarrier carrier;

    @Inject
    public QueuesAreReached(QueueReceivers receivers, BrokerCarrier carrier) {
        this.receivers = receivers;
        this.carrier = carrier;
    }

    @Override
    public HealthCheckResponse call() {
        List<String> silent = new ArrayList<>(receivers.silent());
        carrier.unreachable().ifPresent(silent::add);
        return HealthCheckResponse.named("Queues are reached")
                .status(silent.isEmpty())
                .withData("silent", String.join(",", silent))
                .build();
    }
}
