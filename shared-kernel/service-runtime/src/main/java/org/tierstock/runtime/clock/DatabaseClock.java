package org.tierstock.runtime.clock;

import java.time.Instant;

/** The clock that decides expiry. */
public interface DatabaseClock {
    /** The start of the current transaction, by the database's clock, UTC. */
    Instant now();
}
