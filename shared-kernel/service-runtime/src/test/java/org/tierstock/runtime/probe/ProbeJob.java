package org.tierstock.runtime.probe;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.util.concurrent.CountDownLatch;

/** A scheduled job that fails or hangs when it is told to. */
@Singleton
public class ProbeJob {
    /** Its name. */
    public static final String IDENTITY = "probe";

    private volatile boolean broken;
    private volatile CountDownLatch hangs = new CountDownLatch(0);

    /** Its runs fail from now on, or succeed again. */
    public void broken(boolean from) {
        broken = from;
    }

    /** Its next run hangs until this is called with false. */
    public void hanging(boolean from) {
        if (from) {
            hangs = new CountDownLatch(1);
        } else {
            hangs.countDown();
        }
    }

    @Scheduled(every = "1s", identity = IDENTITY, concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void run() throws InterruptedException {
        hangs.await();
        if (broken) {
            throw new IllegalStateException("The probe's job is broken");
        }
    }
}
