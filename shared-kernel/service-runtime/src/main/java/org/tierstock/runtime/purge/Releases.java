package org.tierstock.runtime.purge;

import static java.util.stream.Collectors.toMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.runtime.exchange.Watermarks;
import org.tierstock.runtime.sql.Database;

/** What this layer needs no longer of the others, and what they have told of themselves. */
@ApplicationScoped
public class Releases {
    private static final String EVERY_STREAM = "";

    /**
     * What another layer tells of a stream partition, or of a series of calls.
     *
     * @param sent the last number that this layer has given in it; 0 for none
     * @param known up to where this layer has applied it, or has been asked in it; 0 for not at all
     */
    private record Told(StreamPosition position, long sent, long known) {
        StreamPosition place() {
            return new StreamPosition(position.stream(), position.partition(), 1);
        }

        /**
         * Up to where it is believed; 0 for not at all. Nobody has what was not sent yet. Of what comes from the other side
         * more than is known here may be true, and cannot go before it is known.
         */
        long believed() {
            if (sent > 0) {
                return position.sequence() <= sent ? position.sequence() : 0;
            }
            return Math.min(position.sequence(), known);
        }

        boolean isBeyondAllSent(String layer) {
            return position.sequence() > sent
                    && (sent > 0 || Streams.senderOf(position.stream()).equals(layer));
        }
    }

    private final Database database;
    private final Watermarks watermarks;
    private final List<FinishedCalls> finishedCalls;
    private final List<AskedCalls> askedCalls;
    private final Backups backups;
    private final String layer;

    @Inject
    public Releases(
            Database database,
            Watermarks watermarks,
            Instance<FinishedCalls> finishedCalls,
            Instance<AskedCalls> askedCalls,
            Backups backups,
            @ConfigProperty(name = "tierstock.layer", defaultValue = "") String layer) {
        this(
                database,
                watermarks,
                finishedCalls.stream().toList(),
                askedCalls.stream().toList(),
                backups,
                layer);
    }

    /** With what a layer keeps of calls. */
    public Releases(
            Database database,
            Watermarks watermarks,
            List<FinishedCalls> finishedCalls,
            List<AskedCalls> askedCalls,
            Backups backups,
            String layer) {
        this.database = database;
        this.watermarks = watermarks;
        this.finishedCalls = finishedCalls;
        this.askedCalls = askedCalls;
        this.backups = backups;
        this.layer = layer;
    }

    /** For the container's proxy. */
    protected Releases() {
        this(null, null, List.of(), List.of(), null, null);
    }

    /**
     * Where this layer stands: the last numbers it has sent, what it has contiguously applied, and the calls that are
     * finished; as far as anything has happened.
     */
    List<StreamPosition> positions() {
        List<StreamPosition> positions = new ArrayList<>(heads(EVERY_STREAM));
        watermarks.applied().stream()
                .filter(applied -> applied.contiguous() > 0)
                .map(applied -> new StreamPosition(applied.stream(), applied.partition(), applied.contiguous()))
                .forEach(positions::add);
        finishedCalls.forEach(calls -> positions.addAll(calls.finished()));
        return positions;
    }

    /**
     * Up to where the other side may forget what it has for this one.
     *
     * @param streams which streams the other side is concerned with
     */
    public List<StreamPosition> told(Predicate<String> streams) {
        // First the positions, then the backups: one that is registered in between is taken only after that, so that it
        // holds at least these positions.
        List<StreamPosition> now = positions();
        return backups.bounded(now).stream()
                .filter(position -> streams.test(position.stream()))
                .toList();
    }

    /** The last numbers given in the streams whose name begins so. Read after {@link #told}, they are not older. */
    public List<StreamPosition> heads(String streamPrefix) {
        return database.query(
                """
                SELECT stream, partition, sequence FROM stream_head
                WHERE starts_with(stream, ?) AND sequence > 0 ORDER BY stream, partition
                """,
                p -> p.text(1, streamPrefix),
                row -> new StreamPosition(row.getString(1), row.getInt(2), row.getLong(3)));
    }

    /**
     * Remembers what the other side has told, as far as it can be so; a lower number than before changes nothing. It is told
     * again with every exchange, so what is not believed yet is lost to nobody.
     *
     * @param released up to where it needs nothing any more
     * @param heads the last numbers of its streams, not older than that
     * @return those that name more of a stream of this layer than was ever sent: nothing of them is remembered
     */
    @Transactional
    public List<StreamPosition> heard(List<StreamPosition> released, List<StreamPosition> heads) {
        List<Told> told = beside(released);
        List<StreamPosition> believed = told.stream()
                .filter(each -> each.believed() > 0)
                .collect(toMap(Told::place, Told::believed, Math::max, TreeMap::new))
                .entrySet()
                .stream()
                .map(place -> new StreamPosition(
                        place.getKey().stream(), place.getKey().partition(), place.getValue()))
                .toList();
        database.update(
                """
                INSERT INTO stream_released (stream, partition, sequence)
                SELECT stream, partition, sequence
                FROM unnest(?::text[], ?::smallint[], ?::bigint[]) AS r (stream, partition, sequence)
                ORDER BY stream, partition
                ON CONFLICT (stream, partition) DO UPDATE SET sequence = excluded.sequence
                WHERE stream_released.sequence < excluded.sequence
                """,
                p -> p.texts(1, believed, StreamPosition::stream)
                        .integers(2, believed, StreamPosition::partition)
                        .longs(3, believed, StreamPosition::sequence));
        Map<Integer, Long> settled = believed.stream()
                .filter(position -> position.stream().equals(Streams.SALES_TO_DISPATCH))
                .collect(toMap(StreamPosition::partition, StreamPosition::sequence));
        heads.stream()
                .filter(head -> head.stream().equals(Streams.DISPATCH_TO_SALES))
                .sorted()
                .forEach(head -> prove(head.partition(), settled.getOrDefault(head.partition(), 0L), head.sequence()));
        return told.stream()
                .filter(each -> each.isBeyondAllSent(layer))
                .map(Told::position)
                .toList();
    }

    /** What is told, beside what this layer knows itself. */
    private List<Told> beside(List<StreamPosition> released) {
        List<Told> told = database.query(
                """
                SELECT stream, partition, sequence,
                       coalesce((SELECT h.sequence FROM stream_head h
                                 WHERE h.stream = r.stream AND h.partition = r.partition), 0),
                       coalesce((SELECT m.contiguous FROM stream_mark m
                                 WHERE m.stream = r.stream AND m.partition = r.partition), 0)
                FROM unnest(?::text[], ?::smallint[], ?::bigint[]) AS r (stream, partition, sequence)
                """,
                p -> p.texts(1, released, StreamPosition::stream)
                        .integers(2, released, StreamPosition::partition)
                        .longs(3, released, StreamPosition::sequence),
                row -> new Told(
                        new StreamPosition(row.getString(1), row.getInt(2), row.getLong(3)),
                        row.getLong(4),
                        row.getLong(5)));
        return told.stream()
                .map(each -> Streams.isOutbounds(each.position().stream()) ? besideAsked(each.position()) : each)
                .toList();
    }

    private Told besideAsked(StreamPosition position) {
        long asked = askedCalls.stream()
                .mapToLong(calls -> calls.lastOf(position.stream()))
                .max()
                .orElse(0);
        return new Told(position, 0, asked);
    }

    private void prove(int partition, long settled, long head) {
        database.update(
                "INSERT INTO revocation_proof (partition) VALUES (?) ON CONFLICT DO NOTHING",
                p -> p.integer(1, partition));
        RevocationProof before = database.query(
                        "SELECT settled, awaited, head FROM revocation_proof WHERE partition = ? FOR UPDATE",
                        p -> p.integer(1, partition),
                        row -> new RevocationProof(row.getLong(1), row.getLong(2), row.getLong(3)))
                .getFirst();
        RevocationProof now = before.reached(watermarks.contiguous(Streams.DISPATCH_TO_SALES, partition))
                .heard(settled, head);
        if (!now.equals(before)) {
            database.updateExactly(
                    1,
                    "UPDATE revocation_proof SET settled = ?, awaited = ?, head = ? WHERE partition = ?",
                    p -> p.number(1, now.settled())
                            .number(2, now.awaited())
                            .number(3, now.head())
                            .integer(4, partition));
        }
    }
}
