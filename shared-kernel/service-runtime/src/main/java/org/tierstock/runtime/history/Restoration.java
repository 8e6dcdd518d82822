package org.tierstock.runtime.history;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A time at which this layer's database was found set back to a backup, and how far the repair has come.
 *
 * @param reason what a peer knew that the database did not
 * @param epoch the history that goes on; the next one from the repair's first step on
 */
@Schema(name = "Restoration")
public record Restoration(
        long number, State state, String reason, long epoch, Instant detectedAt, Instant closedAt, String closedBy) {
    /** How far it has come. */
    public enum State {
        /** Found; nothing done. */
        DETECTED,
        /** Peers drop what is older. */
        EPOCH_BEGUN,
        /** What peers know has been made good. */
        REBUILT,
        /** The layer works again. */
        CLOSED
    }
}
