package org.tierstock.runtime.exchange;

import java.util.List;
import org.tierstock.movements.protocol.Message;

/** Own messages that the database has lost and peers have applied: they are stored again under their old numbers (11.8). */
public interface Repost {
    /**
     * Stores messages under the numbers that they had. New numbers come behind them.
     *
     * @return those that were not there, in the order given: their movements must be made again in this transaction
     */
    <M extends Message> List<Received<M>> repost(List<Received<M>> lost);
}
