package org.tierstock.runtime.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.tierstock.runtime.exchange.BrokerCarrier;
import org.tierstock.runtime.exchange.QueueReceivers;
import org.tierstock.runtime.fence.Fence;

/**
 * Not ready until the queues that this service applies are received and the one that it sends to is reached: a replica that
 * starts without them leaves the traffic to those that have them. Later it stays ready without them: then as a rule the broker is
 * away, no other replica could do better, and orders need no broker. It is an alert instead. A layer whose database was set
 * back receives at none of its replicas.
 */
@Readiness
@ApplicationScoped
public class QueuesAreReached implements HealthCheck {
    private final QueueReceivers receivers;
    private final BrokerCarrier carrier;
    private final Fence fence;
    private volatile boolean once;

    @Inject
    public QueuesAreReached(QueueReceivers receivers, BrokerCarrier carrier, Fence fence) {
        this.receivers = receivers;
        this.carrier = carrier;
        this.fence = fence;
    }

    /** For the container's proxy. */
    protected QueuesAreReached() {
        this(null, null, null);
    }

    void showAsMetric(@Observes StartupEvent event, MeterRegistry meters) {
        Gauge.builder("tierstock.queues.silent", () -> silent().size())
                .description("Queues that this replica should receive or send to, and does not reach")
                .register(meters);
    }

    @Override
    public HealthCheckResponse call() {
        List<String> silent = silent();
        once |= silent.isEmpty();
        return HealthCheckResponse.named("Queues are reached")
                .status(once || fence.isSetBack())
                .withData("silent", String.join(",", silent))
                .build();
    }

    private List<String> silent() {
        List<String> silent = new ArrayList<>(receivers.silent());
        carrier.unreachable().ifPresent(silent::add);
        return silent;
    }
}
