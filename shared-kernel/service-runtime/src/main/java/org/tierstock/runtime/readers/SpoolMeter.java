package org.tierstock.runtime.readers;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Shows how much has been read and waits on the disk for whoever takes it. */
@ApplicationScoped
class SpoolMeter {
    void register(@Observes StartupEvent event, Spools spools, MeterRegistry meters) {
        Gauge.builder("tierstock.spool.bytes", spools, Spools::bytes)
                .description("Bytes of CSV, histories and positions that wait on this replica's disk for their readers")
                .register(meters);
    }
}
