package org.tierstock.warehouse.domain;

import java.util.List;

/** A pick that was posted, with its result. */
public record PickedGoods(Pick pick, List<Line> lines) {
    public PickedGoods {
        lines = List.copyOf(lines);
    }

    /**
     * The result of one line.
     *
     * @param lost units that were booked at the place and are not there; 0 unless the pick was short
     */
    public record Line(Pick.Line line, long lost) {}
}
