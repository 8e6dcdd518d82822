package org.tierstock.runtime.reconcile;

import java.util.List;

/**
 * How a layer that begins reconciliations comes by both sides' positions. Such a layer has one bean of it; the others
 * have none.
 */
public interface Reconciler {
    /** The layer on the other side, as reports name it. */
    String peer();

    /** What is compared on its own, with a cut of its own: for example one warehouse's book. */
    List<String> scopes();

    /**
     * Chooses the cut of a scope, and then, not before, has both sides state their positions at it. Calls the other
     * layer, so it must not run in a transaction.
     *
     * @throws CutTooOld when either side has purged what lies beyond the cut since it was chosen: choose another
     */
    Statements state(String scope);

    /**
     * Both sides' positions at one cut, each in the order of the keys' characters.
     *
     * @param here this layer's
     * @param there the other layer's
     */
    record Statements(Cut cut, List<KeyPosition> here, List<KeyPosition> there) {}
}
