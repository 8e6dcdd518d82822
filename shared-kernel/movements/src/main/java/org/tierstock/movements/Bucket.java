package org.tierstock.movements;

/**
 * A place for units inside one layer. Each layer's buckets are an enum that implements this.
 *
 * <p>An ordinary bucket is never below zero, a contra bucket never above it, and the edge bucket (EXTERNAL) stands for
 * the world outside the layer and has no balance.
 */
public interface Bucket {
    /** The bucket's name, the same word in Java, SQL, JSON and the documentation. */
    String name();

    /** True for a bucket whose balance is never above zero (DEFICIT and its kin). */
    default boolean contra() {
        return false;
    }

    /** True for the world outside the layer. */
    default boolean edge() {
        return false;
    }
}
