package org.tierstock.runtime.probe;

import java.util.concurrent.Callable;

/** Waits in tests. */
public final class Waiting {
    private Waiting() {}

    /** Until that is so, or the test's time is over: it ends what waits here, and not what spins. */
    public static void until(Callable<Boolean> condition) {
        try {
            while (!condition.call()) {
                Thread.sleep(1);
            }
        } catch (Exception e) {
            throw new AssertionError("waited in vain", e);
        }
    }
}
