package org.tierstock.runtime.exchange;

import java.util.List;
import org.tierstock.movements.protocol.Message;

/** Messages to other layers, written in the transaction of the movements that they report. */
public interface Outbox {
    /**
     * Numbers the messages, contiguously per stream and partition, and stores them. When the transaction commits they
     * will be carried; when it rolls back, no number is lost.
     *
     * <p>Call it late and once in a transaction: the counters' row locks are held until its end.
     */
    Numbers append(List<? extends Message> messages);

    /** The last number given in a stream partition, 0 before the first. Read it after the stock rows are locked. */
    long head(String stream, int partition);
}
