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

/**
 * Names the queues that this service applies or sends to and does not reach. That takes no replica out of traffic, not even one
 * that starts without them: whatever it is asked needs no broker, so another could not answer it better, and were the broker away
 * when all start, none would ever be ready. It is an alert instead.
 */
@Readiness
@ApplicationScoped
public class SilentQueues implements HealthCheck {
    private final QueueReceivers receivers;
    private final BrokerCarrier carrier;

    @Inject
    public SilentQueues(QueueReceivers receivers, BrokerCarrier carrier) {
        this.receivers = receivers;
        this.carrier = carrier;
    }

    /** For the container's proxy. */
    protected SilentQueues() {
        this(null, null);
    }

    void showAsMetric(@Observes StartupEvent event, MeterRegistry meters) {
        Gauge.builder("tierstock.queues.silent", () -> silent().size())
                .description("Queues that this replica should receive or send to, and does not reach")
                .register(meters);
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("Queues")
                .up()
                .withData("silent", String.join(",", silent()))
                .build();
    }

    private List<String> silent() {
        List<String> silent = new ArrayList<>(receivers.silent());
        carrier.unreachable().ifPresent(silent::add);
        return silent;
    }
}
