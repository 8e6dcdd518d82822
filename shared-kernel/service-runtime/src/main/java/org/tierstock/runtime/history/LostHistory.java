package org.tierstock.runtime.history;

import java.util.List;
import org.tierstock.movements.protocol.Message;
import org.tierstock.runtime.exchange.Received;

/**
 * What a database that was set back lacks, as far as peers know it.
 *
 * @param received messages to this layer that it has not applied, in order per partition
 * @param own messages of this layer that peers have applied and that it does not know, in order per partition
 * @param held what peers hold of calls between them and this layer
 */
public record LostHistory(List<Received<Message>> received, List<Received<Message>> own, List<HeldAnswer> held) {
    public LostHistory {
        received = List.copyOf(received);
        own = List.copyOf(own);
        held = List.copyOf(held);
    }

    /**
     * A document of a call, as the peer keeps it.
     *
     * @param peer who keeps it
     * @param content JSON
     */
    public record HeldAnswer(String peer, String kind, String content) {
        /** Its content. */
        public Sheet sheet() {
            return Sheet.parse(content);
        }
    }
}
