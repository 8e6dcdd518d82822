package org.tierstock.warehouse.domain;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** A receipt that was posted, with its cases converted to units. */
public record ReceivedGoods(Receipt receipt, List<Line> lines, Instant receivedAt) {
    public ReceivedGoods {
        lines = List.copyOf(lines);
        Objects.requireNonNull(receivedAt, "receivedAt");
    }

    /**
     * The result of one line.
     *
     * @param good whole units that became AVAILABLE
     */
    public record Line(Receipt.Line line, long good) {}
}
