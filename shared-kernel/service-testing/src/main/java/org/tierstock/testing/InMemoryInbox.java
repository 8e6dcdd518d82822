package org.tierstock.testing;

import java.util.ArrayList;
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

    private final Map<StreamPosition, Received<?>> applied;
    private final Map<Key, StreamPosition> effective;

    public InMemoryInbox(InMemoryTransactions transactions) {
        this.applied = new InMemoryTable<>(transactions);
        this.effective = new InMemoryTable<>(transactions);
    }

    @Override
    public <M extends Message> List<Received<M>> admit(List<Received<M>> messages) {
        List<Received<M>> fresh = new ArrayList<>(messages.size());
        for (Received<M> received : messages) {
            M message = received.message();
            boolean unseen = applied.putIfAbsent(received.position(), received) == null;
            Key key = new Key(message.stream(), message.getClass(), message.businessKey());
            if (unseen && effective.putIfAbsent(key, received.position()) == null) {
                fresh.add(received);
            }
        }
        return fresh;
    }

    @Override
    public long contiguous(String stream, int partition) {
        long contiguous = 0;
        while (applied.containsKey(new StreamPosition(stream, partition, contiguous + 1))) {
            contiguous++;
        }
        return contiguous;
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
