package org.tierstock.runtime.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Message;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.trace.TraceContext;
import org.tierstock.runtime.work.WorkSignals;

/** The outbox in the service's database. */
@ApplicationScoped
public class PostgresOutbox implements Outbox {
    private record Counter(String stream, int partition) implements Comparable<Counter> {
        @Override
        public int compareTo(Counter other) {
            int byStream = stream.compareTo(other.stream);
            return byStream != 0 ? byStream : Integer.compare(partition, other.partition);
        }
    }

    private final Database database;
    private final Installation installation;
    private final WorkSignals signals;

    @Inject
    public PostgresOutbox(Database database, Installation installation, WorkSignals signals) {
        this.database = database;
        this.installation = installation;
        this.signals = signals;
    }

    @Override
    public Numbers append(List<? extends Message> messages) {
        if (messages.isEmpty()) {
            return Numbers.NONE;
        }
        Map<Counter, Integer> wanted = new TreeMap<>();
        for (Message message : messages) {
            wanted.merge(new Counter(message.stream(), message.partition()), 1, Integer::sum);
        }
        Map<Counter, Long> next = take(wanted);
        Map<Message, StreamPosition> positions = new IdentityHashMap<>();
        List<StreamPosition> inOrder = new ArrayList<>(messages.size());
        for (Message message : messages) {
            Counter counter = new Counter(message.stream(), message.partition());
            long sequence = next.merge(counter, 1L, Long::sum) - 1;
            StreamPosition position = new StreamPosition(counter.stream(), counter.partition(), sequence);
            if (positions.put(message, position) != null) {
                throw new IllegalStateException("The same message was appended twice: " + message);
            }
            inOrder.add(position);
        }
        store(messages, inOrder);
        messages.stream().map(Carrier::of).distinct().forEach(signals::announce);
        return Numbers.sent(positions);
    }

    /** The first number of each counter. Locked in key order: two transactions never wait for each other in a circle. */
    private Map<Counter, Long> take(Map<Counter, Integer> wanted) {
        List<Map.Entry<Counter, Integer>> counters = List.copyOf(wanted.entrySet());
        Map<Counter, Long> first = new HashMap<>();
        String sql = """
                WITH wanted AS (
                    SELECT * FROM unnest(?::text[], ?::smallint[], ?::bigint[]) AS w (stream, partition, quantity)
                ), locked AS (
                    SELECT h.stream, h.partition, w.quantity
                    FROM stream_head h JOIN wanted w USING (stream, partition)
                    ORDER BY h.stream, h.partition FOR UPDATE OF h
                )
                UPDATE stream_head h SET sequence = h.sequence + l.quantity
                FROM locked l WHERE h.stream = l.stream AND h.partition = l.partition
                RETURNING h.stream, h.partition, h.sequence - l.quantity + 1
                """;
        for (boolean created = false; ; created = true) {
            database.query(
                    sql,
                    p -> p.texts(1, counters, c -> c.getKey().stream())
                            .longs(2, counters, c -> c.getKey().partition())
                            .longs(3, counters, Map.Entry::getValue),
                    row -> first.put(new Counter(row.getString(1), row.getInt(2)), row.getLong(3)));
            if (first.size() == counters.size()) {
                return first;
            }
            if (created || !first.isEmpty()) {
                throw new IllegalStateException("Some stream counters are missing: " + wanted.keySet());
            }
            createStreams(
                    counters.stream().map(c -> c.getKey().stream()).distinct().toList());
        }
    }

    /** Makes the counters of all partitions of new streams. */
    private void createStreams(List<String> streams) {
        database.update("""
                INSERT INTO stream_head (stream, partition)
                SELECT stream, partition FROM unnest(?::text[]) AS s (stream), generate_series(0, ?) AS p (partition)
                ON CONFLICT DO NOTHING
                """, p -> p.texts(1, streams).integer(2, org.tierstock.movements.Partitions.COUNT - 1));
    }

    private void store(List<? extends Message> messages, List<StreamPosition> positions) {
        long journal = installation.nextJournal();
        String traceParent = TraceContext.current().traceParent();
        database.updateExactly(
                messages.size(),
                """
                INSERT INTO outbox (stream, partition, sequence, carrier, journal, type, business_key, subject, payload,
                                    effect_keys, effect_quantities, trace_parent)
                SELECT stream, partition, sequence, carrier, ?, type, business_key, subject, payload,
                       coalesce(string_to_array(nullif(effect_keys, ''), E'\\x1f'), '{}'),
                       coalesce(string_to_array(nullif(effect_quantities, ''), ',')::bigint[], '{}'), ?
                FROM unnest(?::text[], ?::smallint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[],
                            ?::text[], ?::text[], ?::text[])
                AS m (stream, partition, sequence, carrier, type, business_key, subject, payload,
                      effect_keys, effect_quantities)
                """,
                p -> p.number(1, journal)
                        .text(2, traceParent)
                        .texts(3, positions, StreamPosition::stream)
                        .longs(4, positions, StreamPosition::partition)
                        .longs(5, positions, StreamPosition::sequence)
                        .texts(6, asMessages(messages), Carrier::of)
                        .texts(7, asMessages(messages), MessageCodec::typeOf)
                        .texts(8, asMessages(messages), Message::businessKey)
                        .texts(9, asMessages(messages), Message::subject)
                        .texts(10, asMessages(messages), MessageCodec::write)
                        .texts(11, asMessages(messages), EffectColumns::keys)
                        .texts(12, asMessages(messages), EffectColumns::quantities));
    }

    @SuppressWarnings("unchecked")
    private static List<Message> asMessages(List<? extends Message> messages) {
        return (List<Message>) messages;
    }

    @Override
    public long head(String stream, int partition) {
        return database.queryOne(
                        "SELECT sequence FROM stream_head WHERE stream = ? AND partition = ?",
                        p -> p.text(1, stream).integer(2, partition),
                        row -> row.getLong(1))
                .orElse(0L);
    }
}
