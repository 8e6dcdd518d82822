package org.tierstock.dispatch.domain;

import org.tierstock.movements.InvalidValue;

/**
 * How far the history of another layer went when it asked or answered something (protocol 11.8). Kept with the effect, so
 * that a database set back to a backup is noticed.
 */
public record PeerJournal(long epoch, long journal) {
    public PeerJournal {
        if (epoch < 0 || journal < 0) {
            throw new InvalidValue("envelope", "may not hold negative numbers");
        }
    }
}
