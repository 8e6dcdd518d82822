package org.tierstock.runtime.exchange;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Moves the stored watermarks forward, so that reading them stays cheap. */
@ApplicationScoped
public class MarkJob {
    private final PostgresWatermarks watermarks;

    @Inject
    public MarkJob(PostgresWatermarks watermarks) {
        this.watermarks = watermarks;
    }

    /** Moves them up to what is contiguously applied. */
    @Scheduled(every = "2s", identity = "stream-marks", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void advance() {
        watermarks.advance();
    }
}
