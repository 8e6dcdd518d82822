package org.tierstock.runtime.history;

import java.util.List;
import org.tierstock.movements.StreamPosition;

/**
 * What a peer has seen of this layer's history.
 *
 * @param epoch the newest; 0 for none
 * @param journals the last transaction numbers of that epoch that have had an effect at the peer
 * @param released up to where this layer has said to need nothing of the peer's streams any more: so far it had applied them
 */
record Seen(long epoch, List<Long> journals, List<StreamPosition> released) {
    Seen {
        journals = List.copyOf(journals);
        released = List.copyOf(released);
    }
}
