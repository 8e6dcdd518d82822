package org.tierstock.movements;

import java.util.Objects;

/**
 * A quantity leaves one bucket and enters another, because of a document line (S27).
 *
 * @param from the key that gives; null when the units come from outside the layer
 * @param to the key that takes; null when the units leave the layer
 * @param quantity whole units, at least 1
 */
public record Movement<K, B extends Enum<B> & Bucket>(
        Action action, K from, B fromBucket, K to, B toBucket, long quantity, DocumentLine because) {
    public Movement {
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(because, "because");
        if (fromBucket.edge() != (from == null) || toBucket.edge() != (to == null)) {
            throw new IllegalArgumentException("Only the world outside has no key: " + fromBucket + " -> " + toBucket);
        }
        if (quantity < 1) {
            throw new IllegalArgumentException("A movement moves at least one unit, not " + quantity);
        }
        if (fromBucket == toBucket && Objects.equals(from, to)) {
            throw new IllegalArgumentException("A movement needs two places, not " + fromBucket + " twice");
        }
    }

    /** A movement between two buckets of one key. */
    public static <K, B extends Enum<B> & Bucket> Movement<K, B> within(
            Action action, K key, B from, B to, long quantity, DocumentLine because) {
        return new Movement<>(action, from.edge() ? null : key, from, to.edge() ? null : key, to, quantity, because);
    }
}
