package org.tierstock.runtime.exchange;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.movements.Notice;
import org.tierstock.movements.StreamPosition;

/** The stream positions of the messages of one transaction, sent or received. Messages are told apart by identity. */
public final class Numbers {
    /** No message at all. */
    public static final Numbers NONE = new Numbers(new IdentityHashMap<>());

    private final Map<Notice, StreamPosition> positions;

    private Numbers(Map<Notice, StreamPosition> positions) {
        this.positions = positions;
    }

    /** The positions that messages were given when they were appended to the outbox. */
    public static Numbers sent(Map<? extends Notice, StreamPosition> positions) {
        return new Numbers(new IdentityHashMap<>(positions));
    }

    /** The positions that messages came with. */
    public static Numbers received(List<? extends Received<?>> messages) {
        Map<Notice, StreamPosition> positions = new IdentityHashMap<>();
        for (Received<?> received : messages) {
            positions.put(received.message(), received.position());
        }
        return new Numbers(positions);
    }

    /** These and those. */
    public Numbers plus(Numbers others) {
        Map<Notice, StreamPosition> all = new IdentityHashMap<>(positions);
        all.putAll(others.positions);
        return new Numbers(all);
    }

    /**
     * The position of a message of this transaction.
     *
     * @throws IllegalStateException when it was neither appended nor received: its movement would lack its stamp
     */
    public StreamPosition of(Notice message) {
        StreamPosition position = positions.get(message);
        if (position == null) {
            throw new IllegalStateException("The message has no number: " + message);
        }
        return position;
    }
}
