package org.tierstock.runtime.exchange;

import java.util.List;
import org.tierstock.movements.InvalidValue;
import org.tierstock.movements.Partitions;

/**
 * What has been applied of a stream partition (11.9): everything up to {@code contiguous}, and {@code beyond} it these.
 * As a cut: what is neither is beyond the cut.
 */
public record AppliedPosition(String stream, int partition, long contiguous, List<Long> beyond) {
    public AppliedPosition {
        if (partition < 0 || partition >= Partitions.COUNT) {
            throw new InvalidValue("partition", "must be 0 to " + (Partitions.COUNT - 1));
        }
        beyond = List.copyOf(beyond);
    }
}
