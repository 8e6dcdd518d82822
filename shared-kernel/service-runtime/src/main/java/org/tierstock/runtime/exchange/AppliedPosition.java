package org.tierstock.runtime.exchange;

import java.util.List;
import org.tierstock.movements.InvalidValue;
import org.tierstock.movements.Partitions;
import org.tierstock.movements.StreamPosition;
import org.tierstock.runtime.exchange.NumberRanges.Range;

/**
 * What has been applied of a stream partition (11.9): everything up to {@code contiguous}, and {@code beyond} it these.
 * As a cut: what is neither is beyond the cut.
 *
 * @param contiguous 0 before the first
 */
public record AppliedPosition(String stream, int partition, long contiguous, NumberRanges beyond) {
    public AppliedPosition {
        if (partition < 0 || partition >= Partitions.COUNT) {
            throw new InvalidValue("partition", "must be 0 to " + (Partitions.COUNT - 1));
        }
        if (contiguous < 0 || contiguous > StreamPosition.MAX_SEQUENCE) {
            throw new InvalidValue("contiguous", "must be 0 to " + StreamPosition.MAX_SEQUENCE);
        }
    }

    /** Everything up to there, and nothing else. */
    public AppliedPosition(String stream, int partition, long contiguous) {
        this(stream, partition, contiguous, NumberRanges.NONE);
    }

    /** Whether that number has been applied. */
    public boolean holds(long sequence) {
        return sequence <= contiguous || beyond.contains(sequence);
    }

    /** Whether it is a number of this stream partition, and has been applied. */
    public boolean holds(StreamPosition position) {
        return position.stream().equals(stream) && position.partition() == partition && holds(position.sequence());
    }

    /** The highest number that has been applied; 0 before the first. */
    public long last() {
        return Math.max(
                contiguous, beyond.isEmpty() ? 0 : beyond.ranges().getLast().last());
    }

    /** All of it with 0, which counts as applied everywhere. */
    public NumberRanges numbers() {
        return new NumberRanges(List.of(new Range(0, contiguous))).plus(beyond);
    }

    /** The position of these numbers, 0 among them. */
    static AppliedPosition of(String stream, int partition, NumberRanges numbers) {
        long contiguous = numbers.ranges().getFirst().last();
        return new AppliedPosition(stream, partition, contiguous, numbers.beyond(contiguous));
    }
}
