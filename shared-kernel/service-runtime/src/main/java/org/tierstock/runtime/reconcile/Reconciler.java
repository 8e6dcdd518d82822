package org.tierstock.runtime.reconcile;

import java.util.Iterator;
import java.util.function.Supplier;
import org.tierstock.runtime.check.Part;

/**
 * How a layer that begins reconciliations comes by both sides' positions. Such a layer has one bean of it; the others
 * have none.
 */
public interface Reconciler {
    /** The layer on the other side, as reports name it. */
    String peer();

    /**
     * Whether there is such a part: sales knows no warehouses.
     *
     * @throws org.tierstock.movements.InvalidValue when there is not
     */
    void require(Part part);

    /** Has everything of a part compared, portion by portion. Calls the other layer, so it must not run in a transaction. */
    void reconcile(Part part, Comparing comparing);

    /** Compares portions. */
    @FunctionalInterface
    interface Comparing {
        /**
         * Compares a portion.
         *
         * @param portion chooses a cut and then, not before, has both sides state their positions at it; it, or reading what
         *     is stated, may throw {@link CutTooOld} when either side has purged what lies beyond the cut since it was
         *     chosen, and is asked again then
         */
        void compare(Supplier<Statements> portion);
    }

    /**
     * Both sides' positions at one cut, each in {@link KeyPosition#ORDER}. Closed when they have been compared.
     *
     * @param here this layer's
     * @param there the other layer's, which may still come while they are read
     * @param release gives back what they are read from
     */
    record Statements(Cut cut, Iterator<KeyPosition> here, Iterator<KeyPosition> there, Runnable release)
            implements AutoCloseable {
        @Override
        public void close() {
            release.run();
        }
    }
}
