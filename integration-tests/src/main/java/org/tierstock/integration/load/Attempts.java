package org.tierstock.integration.load;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** The attempts at one request: each after a longer pause than the one before, until patience ends. */
final class Attempts {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int SHORTEST_PAUSE_MILLIS = 50;
    private static final int LONGEST_PAUSE_MILLIS = 1_000;
    private static final int LONGEST_AFTER = 10;

    private final String request;
    private final Traffic traffic;
    private final long deadline = System.nanoTime() + PATIENCE.toNanos();
    private int made;
    private String trouble = "";

    Attempts(String request, Traffic traffic) {
        this.request = request;
        this.traffic = traffic;
    }

    /**
     * Returns when it is time to ask: at once, and then after ever longer.
     *
     * @throws LoadFailure when there has been no answer for minutes
     */
    void next() {
        if (made > 0) {
            if (System.nanoTime() > deadline) {
                throw new LoadFailure(
                        "no answer to " + request + " for " + PATIENCE.toSeconds() + " s; the last: " + trouble);
            }
            traffic.repeated();
            pause();
        }
        made++;
    }

    /** Whether there was an attempt before the present one: it may still be under way. */
    boolean repeated() {
        return made > 1;
    }

    /** What came instead of an answer. */
    void unanswered(String how) {
        trouble = how;
    }

    /** Twice as long after each attempt, to a second, and never the same for two clients. */
    private void pause() {
        long longest = Math.min(LONGEST_PAUSE_MILLIS, (long) SHORTEST_PAUSE_MILLIS << Math.min(made, LONGEST_AFTER));
        LayerClient.sleep(
                Duration.ofMillis(longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2)));
    }
}
