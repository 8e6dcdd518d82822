package org.tierstock.runtime.exchange;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.amqp.messaging.Section;
import org.tierstock.movements.InvalidValue;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.runtime.exchange.CannotApply.Because;

/**
 * A message as it came from the broker or by a call, or as it was parked: not yet believed.
 *
 * @param id the sender's message id; something that tells it apart when it has none
 */
record Delivery(String queue, String id, JsonObject properties, byte[] payload) {
    /** The longest body that is read, in bytes. */
    static final int MAX_PAYLOAD = 4 * 1024 * 1024;

    /** The longest message id that is kept, in characters. */
    private static final int MAX_ID = 200;

    /** What the broker has delivered. Whatever it is made of, there is a delivery. */
    static Delivery of(String queue, org.apache.qpid.proton.message.Message message) {
        JsonObject properties = properties(message.getApplicationProperties());
        byte[] payload = bytes(message.getBody());
        Object id = message.getMessageId();
        return of(queue, id == null ? "" : id.toString(), properties, payload);
    }

    /** What was brought in whichever way. */
    static Delivery of(String queue, String id, JsonObject properties, byte[] payload) {
        return new Delivery(queue, usable(id) ? id : fingerprint(properties, payload), properties, payload);
    }

    private static boolean usable(String id) {
        return !id.isBlank() && id.length() <= MAX_ID && id.chars().noneMatch(Character::isISOControl);
    }

    /** An id of a message that has none: the same when it is delivered again. */
    private static String fingerprint(JsonObject properties, byte[] payload) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(properties.encode().getBytes(StandardCharsets.UTF_8));
            return "sha256-" + HexFormat.of().formatHex(sha.digest(payload));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Texts and whole numbers as such, everything else as its text: AMQP has types that JSON has not. */
    private static JsonObject properties(ApplicationProperties given) {
        JsonObject properties = new JsonObject();
        if (given != null && given.getValue() != null) {
            for (Map.Entry<String, Object> property : given.getValue().entrySet()) {
                Object value = switch (property.getValue()) {
                    case Long l -> l;
                    case Integer i -> i;
                    case Short s -> s.intValue();
                    case Byte b -> b.intValue();
                    case null -> null;
                    case Object other -> other.toString();
                };
                properties.put(String.valueOf(property.getKey()), value);
            }
        }
        properties.remove(Brought.DOCUMENT);
        return properties;
    }

    private static byte[] bytes(Section body) {
        return switch (body) {
            case Data data -> bytes(data.getValue());
            case AmqpValue value when value.getValue() instanceof Binary binary -> bytes(binary);
            case AmqpValue value -> String.valueOf(value.getValue()).getBytes(StandardCharsets.UTF_8);
            case null -> new byte[0];
            default -> body.toString().getBytes(StandardCharsets.UTF_8);
        };
    }

    private static byte[] bytes(Binary binary) {
        byte[] bytes = new byte[binary.getLength()];
        System.arraycopy(binary.getArray(), binary.getArrayOffset(), bytes, 0, bytes.length);
        return bytes;
    }

    /** That it came, and nothing of what is in it. */
    Delivery bare() {
        return new Delivery(queue, id, new JsonObject(), new byte[0]);
    }

    /** What it takes of memory, in bytes, at least. */
    long size() {
        long size = payload.length;
        for (Map.Entry<String, Object> property : properties) {
            size += property.getKey().length();
            size += property.getValue() instanceof String text ? text.length() : Long.BYTES;
        }
        return size;
    }

    /** Whether its body is longer than any that is read. */
    boolean isTooLarge() {
        return payload.length > MAX_PAYLOAD;
    }

    String type() {
        return text(CloudEvent.TYPE);
    }

    String traceParent() {
        return text(CloudEvent.TRACE_PARENT);
    }

    /** The document line that it tells of, as a call has said; null when it stands in the message only. */
    String document() {
        String document = text(Brought.DOCUMENT);
        return document != null && usable(document) ? document : null;
    }

    /**
     * The message in its envelope.
     *
     * @param sender the layer whose queue it came by
     * @throws CannotApply with the reason when it is not a message of that kind, or not of the sender
     */
    <M extends Message> Received<M> decode(String sender, Class<M> accepted) {
        requireSender(sender);
        if (isTooLarge()) {
            throw new CannotApply(Because.UNREADABLE, "Too large: " + payload.length + " bytes");
        }
        M message = MessageCodec.read(type(), payload, accepted);
        Envelope envelope = envelope(sender);
        return new Received<>(message, envelope.position(), envelope.epoch(), envelope.journal());
    }

    /**
     * Where it stands in its stream.
     *
     * @throws CannotApply with the reason when it says nothing that can be, or is not of the sender
     */
    Envelope envelope(String sender) {
        requireSender(sender);
        return new Envelope(position(), number(CloudEvent.EPOCH), number(CloudEvent.JOURNAL));
    }

    /** Whoever puts a message of a stream into the queue of a layer that does not send it lies. */
    private void requireSender(String sender) {
        String stream = text(CloudEvent.STREAM);
        if (stream != null && !Streams.senderOf(stream).equals(sender)) {
            throw new CannotApply(
                    Because.WRONG_SENDER, "Wrong sender: " + stream + " is no stream of the " + sender + " layer");
        }
    }

    private StreamPosition position() {
        String stream = text(CloudEvent.STREAM);
        if (stream == null) {
            throw new CannotApply(Because.WRONG_ENVELOPE, "Wrong envelope: stream is missing");
        }
        try {
            return new StreamPosition(
                    stream, Math.toIntExact(number(CloudEvent.PARTITION)), number(CloudEvent.SEQUENCE));
        } catch (InvalidValue | ArithmeticException e) {
            throw new CannotApply(Because.WRONG_ENVELOPE, "Wrong envelope: " + e.getMessage());
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
            case null, default ->
                throw new CannotApply(Because.WRONG_ENVELOPE, "Wrong envelope: " + property + " is not a whole number");
        };
    }
}
