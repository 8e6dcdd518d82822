package org.tierstock.movements;

import java.util.Comparator;
import java.util.Objects;

/**
 * The number of a message: contiguous within its stream and partition, from 1.
 *
 * @param stream see {@link org.tierstock.movements.protocol.Streams}
 */
public record StreamPosition(String stream, int partition, long sequence) implements Comparable<StreamPosition> {
    /** No stream has a higher number: behind each one there is still a next. */
    public static final long MAX_SEQUENCE = Long.MAX_VALUE - 1;

    private static final Comparator<StreamPosition> ORDER = Comparator.comparing(StreamPosition::stream)
            .thenComparingInt(StreamPosition::partition)
            .thenComparingLong(StreamPosition::sequence);

    public StreamPosition {
        Objects.requireNonNull(stream, "stream");
        if (partition < 0 || partition >= Partitions.COUNT) {
            throw new InvalidValue("partition", "must be 0 to " + (Partitions.COUNT - 1));
        }
        if (sequence < 1 || sequence > MAX_SEQUENCE) {
            throw new InvalidValue("sequence", "must be 1 to " + MAX_SEQUENCE);
        }
    }

    @Override
    public int compareTo(StreamPosition other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return stream + '/' + partition + '#' + sequence;
    }
}
