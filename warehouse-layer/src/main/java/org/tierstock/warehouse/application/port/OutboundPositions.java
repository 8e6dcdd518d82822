package org.tierstock.warehouse.application.port;

import java.util.List;
import org.tierstock.runtime.QueryPort;
import org.tierstock.runtime.exchange.AppliedPosition;

/** What is locked for outbounds at a cut, to be compared with the dispatch layer one by one (protocol E3). */
@QueryPort
public interface OutboundPositions {
    /**
     * Which outbounds.
     *
     * @param warehouses of these
     * @param sku of this one only; empty for all
     * @param after whose number is above this one
     * @param until and not above this one
     */
    record Range(List<String> warehouses, String sku, long after, long until) {
        public Range {
            warehouses = List.copyOf(warehouses);
        }

        /** All of one warehouse. */
        public static Range of(String warehouse) {
            return new Range(List.of(warehouse), "", 0, Long.MAX_VALUE);
        }
    }

    /**
     * One outbound's position.
     *
     * @param quantity whole units, at least 1
     */
    record Position(String warehouse, String outbound, long quantity) {}

    /**
     * What is locked now, plus what messages beyond the cut have taken since, read in one snapshot, in the order of the
     * outbounds. An outbound for which that is nothing is left out.
     *
     * @param cut how far the dispatch layer has applied these warehouses' streams; nothing of a partition that is not named
     */
    List<Position> at(Range range, List<AppliedPosition> cut);
}
