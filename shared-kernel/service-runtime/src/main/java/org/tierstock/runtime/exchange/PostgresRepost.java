package org.tierstock.runtime.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Message;
import org.tierstock.runtime.sql.Database;

/** Stores lost messages in the outbox. */
@ApplicationScoped
public class PostgresRepost implements Repost {
    private final Database database;

    @Inject
    public PostgresRepost(Database database) {
        this.database = database;
    }

    @Override
    public <M extends Message> List<Received<M>> repost(List<Received<M>> lost) {
        Set<StreamPosition> stored = new HashSet<>(database.query(
                """
                INSERT INTO outbox (stream, partition, sequence, carrier, journal, type, business_key, subject, payload,
                                    effect_keys, effect_quantities, trace_parent)
                SELECT stream, partition, sequence, carrier, journal, type, business_key, subject, payload,
                       coalesce(string_to_array(nullif(effect_keys, ''), E'\\x1f'), '{}'),
                       coalesce(string_to_array(nullif(effect_quantities, ''), ',')::bigint[], '{}'), ''
                FROM unnest(?::text[], ?::smallint[], ?::bigint[], ?::text[], ?::bigint[], ?::text[],
                            ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                AS m (stream, partition, sequence, carrier, journal, type, business_key, subject, payload,
                      effect_keys, effect_quantities)
                ON CONFLICT (stream, partition, sequence) DO NOTHING
                RETURNING stream, partition, sequence
                """,
                p -> p.texts(1, lost, m -> m.position().stream())
                        .longs(2, lost, m -> m.position().partition())
                        .longs(3, lost, m -> m.position().sequence())
                        .texts(4, lost, m -> Carrier.of(m.message()))
                        .longs(5, lost, Received::journal)
                        .texts(6, lost, m -> MessageCodec.typeOf(m.message()))
                        .texts(7, lost, m -> m.message().businessKey())
                        .texts(8, lost, m -> m.message().subject())
                        .texts(9, lost, m -> MessageCodec.write(m.message()))
                        .texts(10, lost, m -> EffectColumns.keys(m.message()))
                        .texts(11, lost, m -> EffectColumns.quantities(m.message())),
                row -> new StreamPosition(row.getString(1), row.getInt(2), row.getLong(3))));
        database.update(
                """
                INSERT INTO stream_head (stream, partition, sequence)
                SELECT stream, partition, max(sequence)
                FROM unnest(?::text[], ?::smallint[], ?::bigint[]) AS m (stream, partition, sequence)
                GROUP BY stream, partition ORDER BY stream, partition
                ON CONFLICT (stream, partition) DO UPDATE SET sequence = excluded.sequence
                WHERE stream_head.sequence < excluded.sequence
                """,
                p -> p.texts(1, lost, m -> m.position().stream())
                        .longs(2, lost, m -> m.position().partition())
                        .longs(3, lost, m -> m.position().sequence()));
        return lost.stream()
                .filter(message -> stored.contains(message.position()))
                .toList();
    }
}
