package org.tierstock.local;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what the outside world does not announce: a port that answers, a process that is gone. */
final class Waiting {

    private static final long INTERVAL_MILLIS = 50;

    private Waiting() {}

    /** True as soon as the condition holds, false if it does not within the time. */
    static boolean until(BooleanSupplier condition, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            try {
                Thread.sleep(INTERVAL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new PlatformFailure("interrupted while waiting", e);
            }
        }
        return true;
    }
}
