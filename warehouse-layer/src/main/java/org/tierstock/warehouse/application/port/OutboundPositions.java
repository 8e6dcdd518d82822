package org.tierstock.warehouse.application.port;

import java.util.List;
import org.tierstock.runtime.QueryPort;
import org.tierstock.runtime.exchange.AppliedPosition;

/** What is locked for outbounds at a cut, to be compared with the dispatch layer one by one (protocol E3). */
@QueryPort
public interface OutboundPositions {
    /**
     * One outbound's position.
     *
     * @param quantity whole units, at least 1
     */
    record Position(String outbound, long quantity) {}

    /**
     * What is locked now, plus what messages beyond the cut have taken since, read in one snapshot, in the order of the
     * outbounds. An outbound for which that is nothing is left out.
     *
     * @param cut how far the dispatch layer has applied this warehouse's stream; nothing of a partition that is not
     *     named
     */
    List<Position> at(String warehouse, List<AppliedPosition> cut);
}
