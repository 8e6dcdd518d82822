package org.tierstock.runtime.adjust;

import java.util.function.BooleanSupplier;

/**
 * How a layer that begins reconciliations brings its own side of a key to what the other side holds (对账调整单). Such a layer
 * has one bean of it.
 */
public interface Adjuster {
    /** What became of it. */
    enum Outcome {
        /** The stock is moved. */
        BOOKED,
        /** Asked under the lock, it was said to be no longer so; nothing was done. */
        MOVED,
        /** This layer has less than that to take away; nothing was done. */
        NOT_ENOUGH
    }

    /** The scopes whose keys this layer can adjust. What calls have locked is mended by its own documents. */
    boolean adjusts(String scope);

    /**
     * Moves stock in the transaction of the caller.
     *
     * @param key as reconciliations name it
     * @param quantity whole units that this side gains, or loses when negative; not 0
     * @param number of the adjustment, the document of the movement
     * @param unmoved asked once, when the key's stock is locked; when it says false nothing is moved
     */
    Outcome adjust(String key, long quantity, String number, BooleanSupplier unmoved);
}
