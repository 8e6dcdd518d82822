package org.tierstock.runtime.identity;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * Says for how long this service's own token is good ({@code tierstock.service.token.expires}, in seconds, below 0 when it is
 * no longer), and once a minute that it has expired: nothing goes on between the layers then.
 */
@ApplicationScoped
public class ServiceTokenWatch {
    private static final Logger LOG = Logger.getLogger(ServiceTokenWatch.class);

    private final ServiceToken token;

    @Inject
    ServiceTokenWatch(ServiceToken token) {
        this.token = token;
    }

    /** For the container's proxy. */
    protected ServiceTokenWatch() {
        this(null);
    }

    void showAsMetric(@Observes StartupEvent event, MeterRegistry meters) {
        Gauge.builder("tierstock.service.token.expires", this, ServiceTokenWatch::secondsLeft)
                .description("For how long this service's token is good; not a number when it has none")
                .baseUnit("seconds")
                .register(meters);
    }

    private double secondsLeft() {
        return token.expiry()
                .map(expiry -> (double) Duration.between(Instant.now(), expiry).toSeconds())
                .orElse(Double.NaN);
    }

    @Scheduled(every = "60s", identity = "service-token", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void complainWhenExpired() {
        if (secondsLeft() <= 0) {
            LOG.error(
                    "The service token has expired: no other layer takes a call. Renew it in its file; it is read again");
        }
    }
}
