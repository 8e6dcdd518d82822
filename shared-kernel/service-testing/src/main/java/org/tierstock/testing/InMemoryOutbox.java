package org.tierstock.testing;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Message;
import org.tierstock.runtime.exchange.Carrier;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.runtime.exchange.Outbox;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.runtime.exchange.Repost;
import org.tierstock.runtime.work.WorkSignals;

/** An outbox without a database: what it holds, as its receivers will get it. */
public final class InMemoryOutbox implements Outbox, Repost {
    private static final long EPOCH = 1;

    private record Counter(String stream, int partition) {}

    private final InMemoryTransactions transactions;
    private final WorkSignals signals;
    private final Map<Counter, Long> heads;
    private final List<Received<Message>> sent = new ArrayList<>();
    private final Map<StreamPosition, Boolean> forgotten;
    private long journal;

    public InMemoryOutbox(InMemoryTransactions transactions, WorkSignals signals) {
        this.transactions = transactions;
        this.signals = signals;
        this.heads = new InMemoryTable<>(transactions);
        this.forgotten = new InMemoryTable<>(transactions);
    }

    @Override
    public Numbers append(List<? extends Message> messages) {
        if (messages.isEmpty()) {
            return Numbers.NONE;
        }
        transactions.onRollback(forgetFrom(sent.size(), journal));
        journal++;
        Map<Message, StreamPosition> positions = new IdentityHashMap<>();
        for (Message message : messages) {
            long sequence = heads.merge(new Counter(message.stream(), message.partition()), 1L, Long::sum);
            StreamPosition position = new StreamPosition(message.stream(), message.partition(), sequence);
            if (positions.put(message, position) != null) {
                throw new IllegalStateException("The same message was appended twice: " + message);
            }
            sent.add(new Received<>(message, position, EPOCH, journal));
        }
        messages.stream().map(Carrier::of).distinct().forEach(signals::announce);
        return Numbers.sent(positions);
    }

    @Override
    public <M extends Message> List<Received<M>> repost(List<Received<M>> lost) {
        transactions.onRollback(forgetFrom(sent.size(), journal));
        Set<StreamPosition> known = sent.stream().map(Received::position).collect(Collectors.toSet());
        List<Received<M>> stored =
                lost.stream().filter(message -> known.add(message.position())).toList();
        for (Received<M> message : stored) {
            StreamPosition position = message.position();
            heads.merge(new Counter(position.stream(), position.partition()), position.sequence(), Math::max);
            sent.add(message.as(message.message()));
        }
        return stored;
    }

    private Runnable forgetFrom(int size, long journalBefore) {
        return () -> {
            sent.subList(size, sent.size()).clear();
            journal = journalBefore;
        };
    }

    @Override
    public long head(String stream, int partition) {
        return heads.getOrDefault(new Counter(stream, partition), 0L);
    }

    /** Everything appended and not rolled back, oldest first. */
    public List<Received<Message>> sent() {
        return List.copyOf(sent);
    }

    /** The same without the oldest so many. */
    public List<Received<Message>> sentAfter(int count) {
        return List.copyOf(sent.subList(count, sent.size()));
    }

    /** Forgets what was sent of a stream partition up to that number. */
    public void forget(String stream, int partition, long upTo) {
        for (long sequence = upTo; sequence > 0; sequence--) {
            if (forgotten.put(new StreamPosition(stream, partition, sequence), true) != null) {
                return;
            }
        }
    }

    /** Whether a message that was sent is not forgotten. */
    public boolean keeps(StreamPosition position) {
        return !forgotten.containsKey(position);
    }

    /** Everything appended, not rolled back and not forgotten, oldest first. */
    public List<Received<Message>> kept() {
        return sent.stream().filter(message -> keeps(message.position())).toList();
    }

    /** The last numbers given, by stream partition. */
    public List<StreamPosition> heads() {
        return heads.entrySet().stream()
                .map(head ->
                        new StreamPosition(head.getKey().stream(), head.getKey().partition(), head.getValue()))
                .sorted()
                .toList();
    }
}
