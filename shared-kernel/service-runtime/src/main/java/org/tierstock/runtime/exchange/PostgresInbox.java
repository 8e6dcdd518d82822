package org.tierstock.runtime.exchange;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Message;
import org.tierstock.runtime.sql.Database;

/**
 * The inbox in the service's database.
 *
 * <p>Two replicas may admit the same message at once: the unique keys let one commit, and the other's batch runs again.
 */
@ApplicationScoped
public class PostgresInbox implements Inbox {
    private record Key(String stream, String type, String businessKey) {}

    private static final Logger LOG = Logger.getLogger(PostgresInbox.class);

    private final Database database;
    private final Counter displaced;

    @Inject
    public PostgresInbox(Database database, MeterRegistry meters) {
        this.database = database;
        this.displaced = Counter.builder("tierstock.messages.displaced")
                .description("Messages that have no effect since another one had had their number, or it was given up")
                .register(meters);
    }

    @Override
    public <M extends Message> List<Received<M>> admit(List<Received<M>> messages) {
        if (messages.isEmpty()) {
            return List.of();
        }
        // In one round trip: whoever admits messages mostly holds goods that others wait for.
        Database.Both<Integer, Key> read = database.query(unknown(messages), effectiveKeys(messages));
        Map<StreamPosition, Received<M>> seen = new HashMap<>();
        if (read.first().size() < messages.size()) {
            tellDisplaced(messages, read.first());
        }
        List<Received<M>> unseen = read.first().stream()
                .map(messages::get)
                .filter(received -> {
                    Received<M> first = seen.putIfAbsent(received.position(), received);
                    if (first != null && !first.message().equals(received.message())) {
                        displaced(received);
                    }
                    return first == null;
                })
                .toList();
        if (unseen.isEmpty()) {
            return List.of();
        }
        Set<Key> effective = new HashSet<>(read.second());
        List<Received<M>> fresh = new ArrayList<>(unseen.size());
        List<Boolean> isFresh = new ArrayList<>(unseen.size());
        for (Received<M> received : unseen) {
            boolean first = effective.add(key(received));
            isFresh.add(first);
            if (first) {
                fresh.add(received);
            }
        }
        record(unseen, isFresh);
        return fresh;
    }

    @Override
    public boolean giveUp(Envelope message) {
        StreamPosition position = message.position();
        return database.update(
                        """
                        INSERT INTO inbox (stream, partition, sequence, epoch, journal, type, effect_keys, effect_quantities)
                        -- noise may say what it likes of the sender's transactions: it proves nothing
                        SELECT m.stream, m.partition, m.sequence, m.epoch, 0, 'NONE', '{}', '{}'
                        FROM (VALUES (?, ?::smallint, ?::bigint, ?::bigint)) AS m (stream, partition, sequence, epoch)
                        CROSS JOIN LATERAL (
                            SELECT coalesce(max(s.contiguous), 0) AS contiguous FROM stream_mark s
                            WHERE s.stream = m.stream AND s.partition = m.partition) mark
                        CROSS JOIN LATERAL (
                            SELECT coalesce(max(i.sequence), 0) AS sequence FROM inbox i
                            WHERE i.stream = m.stream AND i.partition = m.partition) last
                        WHERE m.sequence > mark.contiguous
                          AND m.sequence <= greatest(mark.contiguous, last.sequence) + ?
                          -- a number of an ended epoch may come again in the next one, and none of that has begun
                          AND m.epoch = (SELECT coalesce(max(p.epoch), ?) FROM peer_epoch p
                                         WHERE p.peer = sender_of(m.stream))
                        -- it has been applied, or is being: then there is nothing to give up
                        ON CONFLICT DO NOTHING
                        """,
                        p -> p.text(1, position.stream())
                                .integer(2, position.partition())
                                .number(3, position.sequence())
                                .number(4, message.epoch())
                                .number(5, MOST_AHEAD)
                                .number(6, Installation.FIRST_EPOCH))
                == 1;
    }

    /** The indexes of those that may have an effect. A number of an ended epoch may come again in the next one. */
    private static <M extends Message> Database.Read<Integer> unknown(List<Received<M>> messages) {
        return new Database.Read<>(
                """
                SELECT m.index
                FROM unnest(?::text[], ?::smallint[], ?::bigint[], ?::bigint[]) WITH ORDINALITY
                     AS m (stream, partition, sequence, epoch, index)
                -- one look for each: by EXISTS the whole inbox might be read into a table of hashes
                WHERE (SELECT true FROM inbox i
                       WHERE i.stream = m.stream AND i.partition = m.partition AND i.sequence = m.sequence) IS NOT TRUE
                  -- what was purged, and what will never come, the mark alone knows
                  AND (SELECT s.applied @> m.sequence FROM stream_mark s
                       WHERE s.stream = m.stream AND s.partition = m.partition) IS NOT TRUE
                  -- the sender's database was set back since: it sends again what still holds
                  AND (m.epoch < (SELECT epoch FROM peer_epoch p WHERE p.peer = sender_of(m.stream))) IS NOT TRUE
                ORDER BY m.index
                """,
                p -> p.texts(1, messages, m -> m.position().stream())
                        .longs(2, messages, m -> m.position().partition())
                        .longs(3, messages, m -> m.position().sequence())
                        .longs(4, messages, Received::epoch),
                row -> row.getInt(1) - 1);
    }

    /**
     * Of messages whose numbers were known: tells those that say something else than what was known by their number. A message that
     * comes again says the same; one that does not has lost its effect to another, and somebody has to know.
     */
    private <M extends Message> void tellDisplaced(List<Received<M>> messages, List<Integer> unknown) {
        Set<Integer> fresh = Set.copyOf(unknown);
        List<Received<M>> known = IntStream.range(0, messages.size())
                .filter(index -> !fresh.contains(index))
                .mapToObj(messages::get)
                .toList();
        List<Integer> others = database.query(
                """
                SELECT m.index
                FROM unnest(?::text[], ?::smallint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[]) WITH ORDINALITY
                     AS m (stream, partition, sequence, epoch, type, business_key, effect_quantities, index)
                -- OFFSET keeps it apart: one look for each
                CROSS JOIN LATERAL (
                    SELECT * FROM inbox
                    WHERE stream = m.stream AND partition = m.partition AND sequence = m.sequence
                    OFFSET 0) i
                WHERE CASE i.type
                      WHEN 'NONE' THEN NOT EXISTS (
                          SELECT FROM parked_message p
                          WHERE p.given_up AND p.document = m.business_key
                            AND p.stream = m.stream AND p.partition = m.partition AND p.sequence = m.sequence)
                      -- without a business key it was a document that had had its effect before
                      ELSE i.type <> m.type OR i.business_key <> m.business_key
                           OR i.business_key IS NOT NULL AND array_to_string(i.effect_quantities, ',') <> m.effect_quantities
                      END
                  -- a number of an ended epoch may have been another message's
                  AND (m.epoch < (SELECT epoch FROM peer_epoch p WHERE p.peer = sender_of(m.stream))) IS NOT TRUE
                ORDER BY m.index
                """,
                p -> p.texts(1, known, m -> m.position().stream())
                        .longs(2, known, m -> m.position().partition())
                        .longs(3, known, m -> m.position().sequence())
                        .longs(4, known, Received::epoch)
                        .texts(5, known, m -> MessageCodec.typeOf(m.message()))
                        .texts(6, known, m -> m.message().businessKey())
                        .texts(7, known, m -> EffectColumns.quantities(m.message())),
                row -> row.getInt(1) - 1);
        others.forEach(index -> displaced(known.get(index)));
    }

    private void displaced(Received<?> received) {
        displaced.increment();
        LOG.warnf(
                "%s of %s has no effect: another message had had its number, or it was given up",
                received.message().businessKey(), received.position());
    }

    /** Which of their documents have had their effect. */
    private static <M extends Message> Database.Read<Key> effectiveKeys(List<Received<M>> messages) {
        return new Database.Read<>(
                """
                SELECT i.stream, i.type, i.business_key
                FROM unnest(?::text[], ?::text[], ?::text[]) AS m (stream, type, business_key)
                JOIN inbox i ON i.business_key = m.business_key AND i.type = m.type AND i.stream = m.stream
                """,
                p -> p.texts(1, messages, m -> m.message().stream())
                        .texts(2, messages, m -> MessageCodec.typeOf(m.message()))
                        .texts(3, messages, m -> m.message().businessKey()),
                row -> new Key(row.getString(1), row.getString(2), row.getString(3)));
    }

    private static Key key(Received<?> received) {
        Message message = received.message();
        return new Key(message.stream(), MessageCodec.typeOf(message), message.businessKey());
    }

    private <M extends Message> void record(List<Received<M>> messages, List<Boolean> isFresh) {
        List<Integer> indexes = IntStream.range(0, messages.size()).boxed().toList();
        database.updateExactly(
                messages.size(),
                """
                INSERT INTO inbox (stream, partition, sequence, epoch, journal, type, business_key, payload,
                                   effect_keys, effect_quantities)
                SELECT stream, partition, sequence, epoch, journal, type, business_key, payload,
                       coalesce(string_to_array(nullif(effect_keys, ''), E'\\x1f'), '{}'),
                       coalesce(string_to_array(nullif(effect_quantities, ''), ',')::bigint[], '{}')
                FROM unnest(?::text[], ?::smallint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[],
                            ?::text[], ?::text[], ?::text[])
                AS m (stream, partition, sequence, epoch, journal, type, business_key, effect_keys, effect_quantities,
                      payload)
                -- an epoch may have begun since the messages were looked up
                WHERE NOT EXISTS (SELECT FROM peer_epoch p WHERE p.peer = sender_of(m.stream) AND m.epoch < p.epoch)
                """,
                p -> p.texts(1, messages, m -> m.position().stream())
                        .longs(2, messages, m -> m.position().partition())
                        .longs(3, messages, m -> m.position().sequence())
                        .longs(4, messages, Received::epoch)
                        .longs(5, messages, Received::journal)
                        .texts(6, messages, m -> MessageCodec.typeOf(m.message()))
                        .texts(
                                7,
                                indexes,
                                i -> isFresh.get(i) ? messages.get(i).message().businessKey() : null)
                        .texts(
                                8,
                                indexes,
                                i -> isFresh.get(i)
                                        ? EffectColumns.keys(messages.get(i).message())
                                        : "")
                        .texts(
                                9,
                                indexes,
                                i -> isFresh.get(i)
                                        ? EffectColumns.quantities(
                                                messages.get(i).message())
                                        : "")
                        .texts(10, messages, m -> MessageCodec.write(m.message())));
    }
}
