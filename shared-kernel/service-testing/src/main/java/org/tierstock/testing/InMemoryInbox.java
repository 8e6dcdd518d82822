package org.tierstock.testing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.ToSales.StockRevoked;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.exchange.Envelope;
import org.tierstock.runtime.exchange.Inbox;
import org.tierstock.runtime.exchange.NumberRanges;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.runtime.exchange.Watermarks;

/** An inbox without a database, with its watermarks. */
public final class InMemoryInbox implements Inbox, Watermarks {
    private record Key(String stream, Class<?> type, String businessKey) {}

    private record Place(String stream, int partition) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byStream = stream.compareTo(other.stream);
            return byStream != 0 ? byStream : Integer.compare(partition, other.partition);
        }
    }

    private final Map<StreamPosition, Received<?>> applied;
    private final Map<Key, StreamPosition> effective;
    private final Map<Place, Long> contiguous;
    private final Map<StreamPosition, Envelope> givenUp;

    public InMemoryInbox(InMemoryTransactions transactions) {
        this.applied = new InMemoryTable<>(transactions);
        this.effective = new InMemoryTable<>(transactions);
        this.contiguous = new InMemoryTable<>(transactions);
        this.givenUp = new InMemoryTable<>(transactions);
    }

    @Override
    public <M extends Message> List<Received<M>> admit(List<Received<M>> messages) {
        List<Received<M>> fresh = new ArrayList<>(messages.size());
        for (Received<M> received : messages) {
            M message = received.message();
            StreamPosition position = received.position();
            boolean unseen = !seen(position);
            if (unseen) {
                applied.put(position, received);
                advance(position);
            }
            if (unseen && effective.putIfAbsent(key(message), position) == null) {
                fresh.add(received);
            }
        }
        return fresh;
    }

    @Override
    public boolean giveUp(Envelope message) {
        StreamPosition position = message.position();
        boolean due = !seen(position) && position.sequence() <= last(position) + MOST_AHEAD;
        if (due) {
            givenUp.put(position, message);
            advance(position);
        }
        return due;
    }

    private boolean seen(StreamPosition position) {
        return position.sequence() <= contiguous(position.stream(), position.partition())
                || applied.containsKey(position)
                || givenUp.containsKey(position);
    }

    /** The highest number of the same stream partition, 0 before the first. */
    private long last(StreamPosition of) {
        return Stream.concat(applied.keySet().stream(), givenUp.keySet().stream())
                .filter(position -> position.stream().equals(of.stream()) && position.partition() == of.partition())
                .mapToLong(StreamPosition::sequence)
                .max()
                .orElse(contiguous(of.stream(), of.partition()));
    }

    private void advance(StreamPosition position) {
        Place place = new Place(position.stream(), position.partition());
        long before = contiguous.getOrDefault(place, 0L);
        long now = before;
        while (seen(new StreamPosition(place.stream(), place.partition(), now + 1))) {
            now++;
        }
        if (now > before) {
            contiguous.put(place, now);
        }
    }

    @Override
    public long contiguous(String stream, int partition) {
        return contiguous.getOrDefault(new Place(stream, partition), 0L);
    }

    /** Everything recorded as applied, neither given up nor forgotten, in the order in which it was. */
    public Collection<Received<?>> received() {
        return Collections.unmodifiableCollection(applied.values());
    }

    /**
     * Forgets what was applied of a stream partition up to that number, but for the keys of revocations.
     *
     * @throws IllegalArgumentException when it is not contiguously applied up to there
     */
    public void forget(String stream, int partition, long upTo) {
        if (upTo > contiguous(stream, partition)) {
            throw new IllegalArgumentException("Only what is contiguously applied is known without its row: " + upTo);
        }
        for (long sequence = upTo; sequence > 0; sequence--) {
            StreamPosition position = new StreamPosition(stream, partition, sequence);
            Received<?> gone = applied.remove(position);
            if (gone == null && givenUp.remove(position) == null) {
                return;
            }
            if (gone != null && !(gone.message() instanceof StockRevoked)) {
                effective.remove(key(gone.message()));
            }
        }
    }

    /** Forgets the key of a revocation; false when it was not known. */
    public boolean forgetRevocation(StockRevoked revocation) {
        return effective.remove(key(revocation)) != null;
    }

    private static Key key(Message message) {
        return new Key(message.stream(), message.getClass(), message.businessKey());
    }

    @Override
    public List<AppliedPosition> applied(Collection<String> streams) {
        return applied().stream()
                .filter(position -> streams.contains(position.stream()))
                .toList();
    }

    @Override
    public List<AppliedPosition> applied() {
        Map<Place, List<Long>> beyond = new HashMap<>();
        contiguous.keySet().forEach(place -> beyond.put(place, new ArrayList<>()));
        List<StreamPosition> known = new ArrayList<>(applied.keySet());
        known.addAll(givenUp.keySet());
        for (StreamPosition position : known) {
            Place place = new Place(position.stream(), position.partition());
            List<Long> ofPlace = beyond.computeIfAbsent(place, unknown -> new ArrayList<>());
            if (position.sequence() > contiguous(place.stream(), place.partition())) {
                ofPlace.add(position.sequence());
            }
        }
        return beyond.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> position(entry.getKey(), entry.getValue()))
                .toList();
    }

    private AppliedPosition position(Place place, List<Long> beyond) {
        return new AppliedPosition(
                place.stream(),
                place.partition(),
                contiguous(place.stream(), place.partition()),
                NumberRanges.of(beyond));
    }
}
