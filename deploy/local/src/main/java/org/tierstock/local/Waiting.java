package org.tierstock.local;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what the outside world does not announce: a port that answers, a process that is gone. */
final class Waiting {

    /** What is over at once is seen at once; what takes seconds is not asked so often that this would slow it down. */
    private static final long SHORTEST_PAUSE_MILLIS = 10;

    private static final long LONGEST_PAUSE_MILLIS = 250;

    private Waiting() {}

    /** True as soon as the condition holds, false if it does not within the time. */
    static boolean until(BooleanSupplier condition, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        long pause = SHORTEST_PAUSE_MILLIS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            try {
                Thread.sleep(pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new PlatformFailure("interrupted while waiting", e);
            }
        }
        return true;
    }
}
