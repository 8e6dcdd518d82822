package org.tierstock.runtime.check;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A run of a check.
 *
 * @param number AU-epoch-n or RC-epoch-n
 * @param part what it compares
 * @param askedBy the subject of whoever began it; empty when a timer did
 * @param askedAt by the database's clock, UTC
 * @param finishedAt null while it runs
 * @param compared how many keys so far, in the end all
 * @param failure why it has failed; null otherwise
 */
public record CheckRun(
        long id,
        String number,
        State state,
        Part part,
        String askedBy,
        Instant askedAt,
        Instant finishedAt,
        long compared,
        String failure) {

    /** How far it is. */
    @Schema(name = "CheckState")
    public enum State {
        /** Some replica works on it. */
        RUNNING,
        /** It has a result. */
        DONE,
        /** It has none: what it needed was not there, or its replica is gone. Begin another one. */
        FAILED
    }
}
