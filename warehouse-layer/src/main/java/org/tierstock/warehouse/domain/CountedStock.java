package org.tierstock.warehouse.domain;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** A stocktake that was posted, with its result. */
public record CountedStock(Stocktake stocktake, List<Line> lines, Instant countedAt) {
    public CountedStock {
        lines = List.copyOf(lines);
        Objects.requireNonNull(countedAt, "countedAt");
    }

    /**
     * The result of one line.
     *
     * @param booked good units that were booked there before
     * @param locksLost how many of the missing ones had been promised to outbounds
     */
    public record Line(Stocktake.Line line, long booked, long locksLost) {
        /** Units gained; negative for a loss. */
        public long difference() {
            return line.counted() - booked;
        }
    }
}
