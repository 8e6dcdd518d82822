package org.tierstock.runtime.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.tierstock.runtime.exchange.QueueReceivers;

/** Not ready while a queue that this service applies is not received. */
@Readiness
@ApplicationScoped
public class QueuesAreReceived implements HealthCheck {
    private final QueueReceivers receivers;

    @Inject
    public QueuesAreReceived(QueueReceivers receivers) {
        this.receivers = receivers;
    }

    @Override
    public HealthCheckResponse call() {
        List<String> silent = receivers.silent();
        return HealthCheckResponse.named("Queues are received")
                .status(silent.isEmpty())
                .withData("silent", String.join(",", silent))
                .build();
    }
}
