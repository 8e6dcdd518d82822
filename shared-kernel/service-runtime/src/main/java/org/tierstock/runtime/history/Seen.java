package org.tierstock.runtime.history;

import java.util.List;
import org.tierstock.runtime.exchange.AppliedPosition;

/**
 * What a peer has seen of this layer's history.
 *
 * @param epoch the newest; 0 for none
 * @param journals the last transaction numbers of that epoch that have had an effect at the peer
 * @param acknowledged how far this layer has said to have applied the peer's streams
 */
record Seen(long epoch, List<Long> journals, List<AppliedPosition> acknowledged) {
    Seen {
        journals = List.copyOf(journals);
        acknowledged = List.copyOf(acknowledged);
    }
}
