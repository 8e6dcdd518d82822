package org.tierstock.runtime.exchange;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A message that cannot be applied as things stand. It is parked with this reason, and nothing has moved. */
public final class CannotApply extends RuntimeException {
    /** The kinds of reasons: stable, so that what was parked for one of them can be replayed together. */
    @Schema(name = "ParkedBecause")
    public enum Because {
        /** Its envelope has no place in a stream, or another than the message's own. */
        WRONG_ENVELOPE,
        /** It came by the queue of another layer than the one that its stream belongs to. */
        WRONG_SENDER,
        /** Its envelope names an epoch that its sender has not begun here, or a number far beyond all that has come. */
        NOT_BELIEVED,
        /** This version of this layer knows no such message. */
        UNKNOWN_TYPE,
        /** It is too large, no JSON, or lacks what a message of its type has. */
        UNREADABLE,
        /** It speaks of what is not so, or not known, here. */
        DOES_NOT_FIT,
        /** Its posting failed: a defect. */
        BREAKS_POSTING
    }

    private final transient Because because;

    /** A message that speaks of what is not so here. */
    public CannotApply(String reason) {
        this(Because.DOES_NOT_FIT, reason);
    }

    /** A message that speaks of what is not so here. */
    public CannotApply(String reason, Throwable cause) {
        super(reason, cause, false, false);
        this.because = Because.DOES_NOT_FIT;
    }

    public CannotApply(Because because, String reason) {
        super(reason, null, false, false);
        this.because = because;
    }

    /** Why a message was not applied. */
    public static Because because(Throwable failure) {
        return failure instanceof CannotApply cannot ? cannot.because : Because.BREAKS_POSTING;
    }
}
