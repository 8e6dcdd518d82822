package org.tierstock.testing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Message;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.exchange.Inbox;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.runtime.exchange.Watermarks;

/** An inbox without a database, with its watermarks. */
public final class InMemoryInbox implements Inbox, Watermarks {
    private record Key(String stream, Class<?> type, String businessKey) {}

    private record Place(String stream, int partition) {}

    private final Map<StreamPosition, Received<?>> applied;
    private final Map<Key, StreamPosition> effective;
    private final Map<Place, Long> contiguous;

    public InMemoryInbox(InMemoryTransactions transactions) {
        this.applied = new InMemoryTable<>(transactions);
        this.effective = new InMemoryTable<>(transactions);
        this.contiguous = new InMemoryTable<>(transactions);
    }

    @Override
    public <M extends Message> List<Received<M>> admit(List<Received<M>> messages) {
        List<Received<M>> fresh = new ArrayList<>(messages.size());
        for (Received<M> received : messages) {
            M message = received.message();
            boolean unseen = applied.putIfAbsent(received.position(), received) == null;
            if (unseen) {
                advance(received.position());
            }
            Key key = new Key(message.stream(), message.getClass(), message.businessKey());
            if (unseen && effective.putIfAbsent(key, received.position()) == null) {
                fresh.add(received);
            }
        }
        return fresh;
    }

    private void advance(StreamPosition position) {
        Place place = new Place(position.stream(), position.partition());
        long before = contiguous.getOrDefault(place, 0L);
        long now = before;
        while (applied.containsKey(new StreamPosition(place.stream(), place.partition(), now + 1))) {
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

    /** Everything recorded as applied, in the order in which it was. */
    public Collection<Received<?>> received() {
        return Collections.unmodifiableCollection(applied.values());
    }

    @Override
    public List<AppliedPosition> applied(String streamPrefix) {
        Map<StreamPosition, List<Long>> partitions = applied.keySet().stream()
                .filter(position -> position.stream().startsWith(streamPrefix))
                .collect(Collectors.groupingBy(
                        position -> new StreamPosition(position.stream(), position.partition(), 1),
                        TreeMap::new,
                        Collectors.mapping(StreamPosition::sequence, Collectors.toList())));
        return partitions.entrySet().stream()
                .map(entry -> position(entry.getKey().stream(), entry.getKey().partition(), entry.getValue()))
                .toList();
    }

    private AppliedPosition position(String stream, int partition, List<Long> sequences) {
        long contiguous = contiguous(stream, partition);
        return new AppliedPosition(
                stream,
                partition,
                contiguous,
                sequences.stream()
                        .filter(sequence -> sequence > contiguous)
                        .sorted()
                        .toList());
    }
}
