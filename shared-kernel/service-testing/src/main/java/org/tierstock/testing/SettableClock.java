package org.tierstock.testing;

import java.time.Duration;
import java.time.Instant;
import org.tierstock.runtime.clock.DatabaseClock;

/** A clock that stands still until the test moves it. */
public final class SettableClock implements DatabaseClock {
    private volatile Instant now;

    public SettableClock(Instant start) {
        this.now = start;
    }

    @Override
    public Instant now() {
        return now;
    }

    /** Lets so much time pass. */
    public void advance(Duration duration) {
        now = now.plus(duration);
    }
}
