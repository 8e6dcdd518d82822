package org.tierstock.runtime.exchange;

import java.util.List;
import org.tierstock.movements.protocol.Message;

/** Messages from other layers, recorded in the transaction of their effect. */
public interface Inbox {
    /**
     * Records the messages as applied by this transaction and answers those whose effect must happen now, in the order
     * given: neither their position nor their business key has been seen before.
     */
    <M extends Message> List<Received<M>> admit(List<Received<M>> messages);
}
