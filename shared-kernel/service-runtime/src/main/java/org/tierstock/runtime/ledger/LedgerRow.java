package org.tierstock.runtime.ledger;

import org.tierstock.movements.Action;
import org.tierstock.movements.DocumentLine;
import org.tierstock.movements.StreamPosition;

/**
 * A movement as the ledger keeps it.
 *
 * @param fromRow the stock row that gives; null for EXTERNAL
 * @param toRow the stock row that takes; null for EXTERNAL
 * @param quantity whole units, at least 1
 * @param stamp the message that reports the movement or brought it; null for none
 */
public record LedgerRow(
        Action action,
        Long fromRow,
        String fromBucket,
        Long toRow,
        String toBucket,
        long quantity,
        DocumentLine because,
        StreamPosition stamp) {

    /** Whether that one moves between the same buckets, by the same action, for the same kind of document. */
    boolean doesAs(LedgerRow other) {
        return action == other.action
                && fromBucket.equals(other.fromBucket)
                && toBucket.equals(other.toBucket)
                && because.kind() == other.because.kind();
    }
}
