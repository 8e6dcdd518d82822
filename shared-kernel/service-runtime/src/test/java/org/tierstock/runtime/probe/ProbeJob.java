package org.tierstock.runtime.probe;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;

/** A scheduled job that fails when it is told to. */
@Singleton
public class ProbeJob {
    /** Its name. */
    public static final String IDENTITY = "probe";

    private volatile boolean broken;

    /** Its runs fail from now on, or succeed again. */
    public void broken(boolean from) {
        broken = from;
    }

    @Scheduled(every = "1s", identity = IDENTITY)
    void run() {
        if (broken) {
            throw new IllegalStateException("The probe's job is broken");
        }
    }
}
