package org.tierstock.runtime.adjust;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * 对账调整单: one key's side at this layer is brought to what the other layer holds.
 *
 * @param number as its proposer calls it
 * @param reconciliation the reconciliation that has shown the difference
 * @param scope what was compared: a warehouse, or empty
 * @param here whole units at this layer at the cut on which it was proposed
 * @param there whole units at the other layer
 * @param quantity whole units that this layer gains, or loses when negative: there less here
 * @param note what was found out, for whoever decides
 * @param proposedAt UTC, as is decidedAt
 * @param decidedAt when it was booked or rejected; absent before
 */
@Schema(name = "ReconciliationAdjustment")
public record Adjustment(
        String number,
        String reconciliation,
        String scope,
        String key,
        long here,
        long there,
        long quantity,
        Cause cause,
        String note,
        State state,
        Instant proposedAt,
        String proposedBy,
        Instant decidedAt,
        String decidedBy) {

    /** Why the two sides differ. */
    public enum Cause {
        /** A parked message was closed: the other layer has its effect, this one not. */
        MESSAGE_GIVEN_UP,
        /** A layer was set back to a backup, and what it had lost could not all be made good. */
        RESTORED,
        /** Somebody has changed a table. */
        TAMPERED,
        /** The software has a defect. */
        DEFECT
    }

    /** How far it has come. */
    public enum State {
        /** It waits for somebody else to decide. */
        PROPOSED,
        /** The stock is moved. */
        BOOKED,
        /** Nothing was moved, and nothing will be under this number. */
        REJECTED
    }

    /** The same proposal, whatever has become of it and whoever made it. */
    boolean proposes(Proposal proposal) {
        return reconciliation.equals(proposal.reconciliation())
                && scope.equals(proposal.scope())
                && key.equals(proposal.key())
                && cause == proposal.cause()
                && note.equals(proposal.note());
    }
}
