package org.tierstock.movements;

/** A movement would have created or destroyed units. Always a defect in a rule, never an answer to a caller. */
public final class ConservationBroken extends IllegalStateException {
    public ConservationBroken(String message) {
        super(message);
    }
}
