package org.tierstock.integration.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.tierstock.integration.simulation.Keeper.Place;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Message;
import org.tierstock.runtime.exchange.Carrier;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.testing.InMemoryOutbox;
import org.tierstock.testing.InMemoryTable;
import org.tierstock.testing.InMemoryTransactions;

/**
 * What a sender's receivers lack of what the broker has taken over. What is lacked for long, and all behind it, is carried
 * again. The rule of production is an SQL statement; this is the same one.
 */
final class Awaited {
    /** Minutes in life; a history lasts only some. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private record Lack(long sequence, Instant since) {}

    private final InMemoryOutbox outbox;
    private final Supplier<Instant> now;
    private final Map<Place, Lack> lacks;

    Awaited(InMemoryTransactions transactions, InMemoryOutbox outbox, Supplier<Instant> now) {
        this.outbox = outbox;
        this.now = now;
        this.lacks = new InMemoryTable<>(transactions);
    }

    /**
     * A receiver has told what it has taken of these streams.
     *
     * @return what is carried again
     */
    List<Received<Message>> told(Predicate<String> streams, Predicate<StreamPosition> taken) {
        Map<Place, List<Received<Message>>> lacking = lacking(streams, taken);
        List.copyOf(lacks.keySet()).stream()
                .filter(place -> streams.test(place.stream()) && !lacking.containsKey(place))
                .forEach(lacks::remove);
        List<Received<Message>> again = new ArrayList<>();
        lacking.forEach((place, messages) -> {
            Lack first = new Lack(messages.getFirst().position().sequence(), now.get());
            Lack before = lacks.get(place);
            boolean same = before != null && before.sequence() == first.sequence();
            boolean lost = same && !before.since().plus(PATIENCE).isAfter(first.since());
            if (lost) {
                again.addAll(messages);
            }
            if (lost || !same) {
                lacks.put(place, first);
            }
        });
        return again;
    }

    /** What the broker was given and the receiver has not taken, in order. */
    private Map<Place, List<Received<Message>>> lacking(Predicate<String> streams, Predicate<StreamPosition> taken) {
        Map<Place, List<Received<Message>>> lacking = new TreeMap<>();
        for (Received<Message> message : outbox.kept()) {
            StreamPosition position = message.position();
            if (streams.test(position.stream())
                    && Carrier.of(message.message()).equals(Carrier.BROKER)
                    && !taken.test(position)) {
                lacking.computeIfAbsent(Place.of(position), place -> new ArrayList<>())
                        .add(message);
            }
        }
        return lacking;
    }
}
