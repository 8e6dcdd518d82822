package org.tierstock.integration.simulation;

import java.util.List;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.testing.InMemoryOutbox;

/** How the cut of a reconciliation is chosen. */
interface Cuts {
    /** What the receiver has applied: the sound way. */
    Cuts AS_APPLIED = (applied, sender) -> applied;

    /**
     * The cut of a stream.
     *
     * @param applied what its receiver has applied, by partition
     * @param sender the sender's outbox
     */
    List<AppliedPosition> cut(List<AppliedPosition> applied, InMemoryOutbox sender);
}
