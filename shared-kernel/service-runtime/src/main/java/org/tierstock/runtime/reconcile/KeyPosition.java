package org.tierstock.runtime.reconcile;

import java.util.Comparator;

/**
 * What one side holds of a key at a cut.
 *
 * @param scope what the key is a part of, with a cut of its own: a warehouse, or empty
 * @param key text form of a channel key or cell, or an outbound's id
 * @param quantity whole units; never 0, such keys are left out
 */
public record KeyPosition(String scope, String key, long quantity) {
    /** By scope and key, in the order of their characters: both sides state their positions so. */
    public static final Comparator<KeyPosition> ORDER =
            Comparator.comparing(KeyPosition::scope).thenComparing(KeyPosition::key);

    /** Where there is but one scope. */
    public KeyPosition(String key, long quantity) {
        this("", key, quantity);
    }
}
