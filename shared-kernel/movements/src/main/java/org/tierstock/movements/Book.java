package org.tierstock.movements;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The locked balances of one transaction, in memory, and the movements decided on them.
 *
 * <p>The conservation law lives here: a movement takes from one bucket exactly what it puts into another, and no
 * ordinary bucket falls below zero, no contra bucket rises above it. A rule that lets a movement break this is a defect,
 * not a business answer, so it is an exception; the database's CHECK constraints are the second wall.
 *
 * <p>Not thread-safe: a book belongs to one transaction.
 *
 * @param <K> the layer's stock key
 * @param <B> the layer's buckets
 */
public final class Book<K, B extends Enum<B> & Bucket> {

    /**
     * A movement with the message that reports it, or that it applies.
     *
     * @param notice null when the movement stays inside one layer's book
     */
    public record Entry<K, B extends Enum<B> & Bucket>(Movement<K, B> movement, Notice notice) {
        public Entry {
            Objects.requireNonNull(movement, "movement");
        }
    }

    private final Class<B> buckets;
    private final int bucketCount;
    private final Map<K, long[]> balances = new LinkedHashMap<>();
    private final Map<K, long[]> changes = new LinkedHashMap<>();
    private final List<Entry<K, B>> entries = new ArrayList<>();

    /** Creates an empty book for the layer's buckets. */
    public Book(Class<B> buckets) {
        this.buckets = buckets;
        this.bucketCount = buckets.getEnumConstants().length;
    }

    /** Says that the key is locked, with all its balances zero unless {@link #open(Object, Enum, long)} says otherwise. */
    public void open(K key) {
        balances.computeIfAbsent(key, k -> new long[bucketCount]);
    }

    /** Puts a balance read from the database under the transaction's lock into the book. */
    public void open(K key, B bucket, long balance) {
        balances.computeIfAbsent(key, k -> new long[bucketCount])[bucket.ordinal()] = balance;
    }

    /** True when the key was locked and may be moved. */
    public boolean knows(K key) {
        return balances.containsKey(key);
    }

    /** The keys of the book, in the order they were opened. */
    public Iterable<K> keys() {
        return Collections.unmodifiableSet(balances.keySet());
    }

    /** The balance of a bucket, in whole units; zero for a key that has none. */
    public long balance(K key, B bucket) {
        long[] row = balances.get(key);
        return row == null ? 0 : row[bucket.ordinal()];
    }

    /** Posts a movement that no message reports. */
    public void post(Movement<K, B> movement) {
        post(movement, null);
    }

    /**
     * Posts a movement; one that is refused leaves the book as it was.
     *
     * @param notice the message that carries the movement to another layer, or that brought it; null for none
     * @throws ConservationBroken when a bucket would cross zero, or when a key was not locked
     */
    public void post(Movement<K, B> movement, Notice notice) {
        long quantity = movement.quantity();
        long given = balanceAfter(movement, movement.from(), movement.fromBucket(), -quantity);
        long taken = balanceAfter(movement, movement.to(), movement.toBucket(), quantity);
        shift(movement.from(), movement.fromBucket(), given, -quantity);
        shift(movement.to(), movement.toBucket(), taken, quantity);
        entries.add(new Entry<>(movement, notice));
    }

    private long balanceAfter(Movement<K, B> movement, K key, B bucket, long change) {
        if (bucket.edge()) {
            return 0;
        }
        long[] row = balances.get(key);
        if (row == null) {
            throw new ConservationBroken("The stock of " + key + " is not locked by this transaction: " + movement);
        }
        long after = Math.addExact(row[bucket.ordinal()], change);
        if (bucket.contra() ? after > 0 : after < 0) {
            throw new ConservationBroken(bucket.name() + " of " + key + " would be " + after + ": " + movement);
        }
        return after;
    }

    private void shift(K key, B bucket, long after, long change) {
        if (!bucket.edge()) {
            balances.get(key)[bucket.ordinal()] = after;
            changes.computeIfAbsent(key, k -> new long[bucketCount])[bucket.ordinal()] += change;
        }
    }

    /** Everything posted, in order. */
    public List<Entry<K, B>> entries() {
        return Collections.unmodifiableList(entries);
    }

    /** The net change of every key that was moved, indexed by the bucket's ordinal. */
    public Map<K, long[]> changes() {
        return Collections.unmodifiableMap(changes);
    }

    /** The layer's buckets, in ordinal order. */
    public B[] buckets() {
        return buckets.getEnumConstants();
    }
}
