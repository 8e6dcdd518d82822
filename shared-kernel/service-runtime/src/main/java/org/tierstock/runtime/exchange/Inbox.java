package org.tierstock.runtime.exchange;

import java.util.List;
import org.tierstock.movements.protocol.Message;

/** Messages from other layers, recorded in the transaction of their effect. */
public interface Inbox {
    /**
     * How far beyond everything that was applied a number may lie and still be believed when it is given up. One further on is
     * a forgery: recorded, it would take the effect from the message that comes under it one day.
     */
    long MOST_AHEAD = 10_000;

    /**
     * Records the messages as applied by this transaction and answers those whose effect must happen now, in the order
     * given: neither their position nor their business key has been seen before.
     */
    <M extends Message> List<Received<M>> admit(List<Received<M>> messages);

    /**
     * Records a number as applied whose message never has its effect. Its document may still have one under another number.
     *
     * @return false when there was nothing to record: the number had been applied, lies more than {@link #MOST_AHEAD} beyond
     *     all that was, or belongs to a history that its sender has ended or not begun
     */
    boolean giveUp(Envelope message);
}
