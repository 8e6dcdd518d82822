package org.tierstock.runtime.fence;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Shows whether this replica is fenced. */
@ApplicationScoped
class FenceMeter {
    void register(@Observes StartupEvent event, Fence fence, MeterRegistry meters) {
        Gauge.builder("tierstock.fence.closed", () -> fence.isOpen() ? 0 : 1)
                .description("1 while this replica is fenced: it lets nothing in and does nothing; else 0")
                .register(meters);
    }
}
