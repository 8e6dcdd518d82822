package org.tierstock.testing;

import java.time.Duration;
import java.time.Instant;
import org.tierstock.runtime.clock.DatabaseClock;

/** A clock that stands still until the test moves it. */
public final class SettableClock implements DatabaseClock {
    /** When tests begin. */
    public static final Instant START = Instant.parse("2026-11-22T08:00:00Z");

    private volatile Instant now = START;

    @Override
    public Instant now() {
        return now;
    }

    /** Lets so much time pass. */
    public void advance(Duration duration) {
        now = now.plus(duration);
    }
}
