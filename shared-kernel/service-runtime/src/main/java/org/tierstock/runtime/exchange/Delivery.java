package org.tierstock.runtime.exchange;

import io.vertx.core.json.JsonObject;
import org.tierstock.movements.InvalidValue;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Message;

/**
 * A message as it came from the broker, or as it was parked: not yet believed.
 *
 * @param id the sender's message id; something that tells it apart when it has none
 */
record Delivery(String queue, String id, JsonObject properties, byte[] payload) {

    String type() {
        return text(CloudEvent.TYPE);
    }

    String traceParent() {
        return text(CloudEvent.TRACE_PARENT);
    }

    /** @throws CannotApply with the reason when it is not a message of that kind */
    <M extends Message> Received<M> decode(Class<M> accepted) {
        M message = MessageCodec.read(type(), payload, accepted);
        return new Received<>(message, position(), number(CloudEvent.EPOCH), number(CloudEvent.JOURNAL));
    }

    private StreamPosition position() {
        String stream = text(CloudEvent.STREAM);
        if (stream == null) {
            throw new CannotApply("Wrong envelope: stream is missing");
        }
        try {
            return new StreamPosition(
                    stream, Math.toIntExact(number(CloudEvent.PARTITION)), number(CloudEvent.SEQUENCE));
        } catch (InvalidValue | ArithmeticException e) {
            throw new CannotApply("Wrong envelope: " + e.getMessage());
        }
    }

    /** The text of a property, null when there is none. */
    String text(String property) {
        return properties.getValue(property) instanceof String text ? text : null;
    }

    private long number(String property) {
        return switch (properties.getValue(property)) {
            case Integer i -> i;
            case Long l -> l;
            case null, default -> throw new CannotApply("Wrong envelope: " + property + " is not a whole number");
        };
    }
}
