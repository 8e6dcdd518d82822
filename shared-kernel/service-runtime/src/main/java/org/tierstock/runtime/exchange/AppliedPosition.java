package org.tierstock.runtime.exchange;

import java.util.List;

/**
 * What has been applied of a stream partition (11.9): everything up to {@code contiguous}, and {@code beyond} it these.
 * As a cut: what is neither is beyond the cut.
 */
public record AppliedPosition(String stream, int partition, long contiguous, List<Long> beyond) {
    public AppliedPosition {
        beyond = List.copyOf(beyond);
    }
}
