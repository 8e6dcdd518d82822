package org.tierstock.runtime.exchange;

import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Message;
import org.tierstock.runtime.exchange.CannotApply.Because;

/**
 * A message with the envelope it came in.
 *
 * @param epoch the sender's history
 * @param journal the sender's transaction number
 */
public record Received<M extends Message>(M message, StreamPosition position, long epoch, long journal) {
    public Received {
        if (!position.stream().equals(message.stream()) || position.partition() != message.partition()) {
            throw new CannotApply(
                    Because.WRONG_ENVELOPE,
                    "The message belongs to " + message.stream() + '/' + message.partition() + ", not to " + position);
        }
    }

    /** The same message in the same envelope, as the kind of message that it has turned out to be. */
    public <N extends Message> Received<N> as(N message) {
        return new Received<>(message, position, epoch, journal);
    }
}
