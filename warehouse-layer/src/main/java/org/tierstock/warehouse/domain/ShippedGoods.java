package org.tierstock.warehouse.domain;

import java.util.List;

/** A shipment that was posted, with its lines. */
public record ShippedGoods(Shipment shipment, List<Line> lines) {
    public ShippedGoods {
        lines = List.copyOf(lines);
    }

    /**
     * What left of one batch.
     *
     * @param line from 1
     */
    public record Line(int line, String batch, long quantity) {}

    /** Whole units that left. */
    public long quantity() {
        return lines.stream().mapToLong(Line::quantity).sum();
    }
}
