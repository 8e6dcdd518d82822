package org.tierstock.warehouse.domain;

import org.tierstock.movements.InvalidValue;

/**
 * Which transaction of the dispatch layer asked. Stored with the effect, so that a dispatch database that was set back
 * to a backup finds out that this layer knows more than it does (protocol 11.8).
 *
 * @param epoch the dispatch layer's history
 * @param number its transaction's number, 0 when it named none
 */
public record PeerJournal(long epoch, long number) {
    public PeerJournal {
        if (epoch < 1) {
            throw new InvalidValue("epoch", "must be at least 1");
        }
        if (number < 0) {
            throw new InvalidValue("journal", "must not be negative");
        }
    }
}
