package org.tierstock.dispatch.domain;

import java.util.Objects;
import org.tierstock.movements.Action;
import org.tierstock.movements.DocumentLine;
import org.tierstock.movements.protocol.Message;

/**
 * Why stock moves.
 *
 * @param message the message that brought the movement here, or that reports it; null for none
 */
public record Reason(Action action, DocumentLine because, Message message) {
    public Reason {
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(because, "because");
    }

    /** The same document and message, for another kind of movement. */
    public Reason as(Action other) {
        return new Reason(other, because, message);
    }
}
