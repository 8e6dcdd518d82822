package org.tierstock.runtime.exchange;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.tierstock.movements.StreamPosition;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.work.WorkLoops;

/**
 * Has the outbox rows carried, in order per partition, outside any transaction; woken by the commit that wrote them.
 *
 * <p>A row counts as carried when its carrier has returned. A crash in between carries it again: receivers know it.
 */
@ApplicationScoped
public class OutboxRelay {
    /** How many rows a carrier is given at once. */
    static final int BATCH = 500;

    private static final Duration IDLE = Duration.ofSeconds(1);

    /** A stream partition with rows that the carrier may not have seen; head is the last one in this snapshot. */
    private record Behind(String stream, int partition, long carried, long head) {}

    private final Database database;
    private final WorkLoops loops;

    @Inject
    public OutboxRelay(Database database, WorkLoops loops) {
        this.database = database;
        this.loops = loops;
    }

    void start(@Observes StartupEvent event, @Any Instance<Carrier> carriers) {
        for (Carrier carrier : carriers) {
            loops.start(carrier.name(), IDLE, partitions -> step(carrier, partitions));
        }
    }

    /** Carries at most {@link #BATCH} rows; true when there may be more. */
    boolean step(Carrier carrier, Set<Integer> partitions) {
        List<Behind> behind = behind(carrier.name(), partitions);
        if (behind.isEmpty()) {
            return false;
        }
        List<OutboxRow> rows = rows(carrier.name(), behind);
        if (!rows.isEmpty()) {
            carrier.carry(rows);
        }
        boolean all = rows.size() < BATCH;
        markCarried(carrier.name(), all ? behind : upTo(rows.getLast().position(), behind));
        return !all;
    }

    private List<Behind> behind(String carrier, Set<Integer> partitions) {
        List<Integer> wanted = List.copyOf(partitions);
        return database.query(
                """
                SELECT h.stream, h.partition, coalesce(c.sequence, 0), h.sequence
                FROM stream_head h
                LEFT JOIN stream_carried c ON c.stream = h.stream AND c.partition = h.partition AND c.carrier = ?
                WHERE h.partition = ANY (?::smallint[]) AND h.sequence > coalesce(c.sequence, 0)
                ORDER BY h.stream, h.partition
                """,
                p -> p.text(1, carrier).integers(2, wanted, Integer::intValue),
                row -> new Behind(row.getString(1), row.getInt(2), row.getLong(3), row.getLong(4)));
    }

    private List<OutboxRow> rows(String carrier, List<Behind> behind) {
        return database.query(
                """
                SELECT o.stream, o.partition, o.sequence, o.epoch, o.journal, o.type, o.subject, o.payload,
                       o.trace_parent, o.written_at
                FROM unnest(?::text[], ?::smallint[], ?::bigint[], ?::bigint[]) AS b (stream, partition, carried, head)
                JOIN outbox o ON o.stream = b.stream AND o.partition = b.partition
                             AND o.sequence > b.carried AND o.sequence <= b.head
                WHERE o.carrier = ?
                ORDER BY o.stream, o.partition, o.sequence LIMIT ?
                """,
                p -> p.texts(1, behind, Behind::stream)
                        .longs(2, behind, Behind::partition)
                        .longs(3, behind, Behind::carried)
                        .longs(4, behind, Behind::head)
                        .text(5, carrier)
                        .integer(6, BATCH),
                row -> new OutboxRow(
                        new StreamPosition(row.getString(1), row.getInt(2), row.getLong(3)),
                        row.getLong(4),
                        row.getLong(5),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8),
                        row.getString(9),
                        row.getTimestamp(10).toInstant()));
    }

    /** The stream partitions before the last row are done to their head, its own up to it, the rest not at all. */
    private static List<Behind> upTo(StreamPosition last, List<Behind> behind) {
        List<Behind> done = new ArrayList<>();
        for (Behind b : behind) {
            if (b.stream().equals(last.stream()) && b.partition() == last.partition()) {
                done.add(new Behind(b.stream(), b.partition(), b.carried(), last.sequence()));
                return done;
            }
            done.add(b);
        }
        throw new IllegalStateException("Carried a row that was not asked for: " + last);
    }

    private void markCarried(String carrier, List<Behind> done) {
        database.update(
                """
                INSERT INTO stream_carried (stream, partition, carrier, sequence)
                SELECT stream, partition, ?, sequence
                FROM unnest(?::text[], ?::smallint[], ?::bigint[]) AS d (stream, partition, sequence)
                ON CONFLICT (stream, partition, carrier) DO UPDATE SET sequence = excluded.sequence
                -- set back meanwhile, because the receiver lacks some: all from there is carried again
                WHERE stream_carried.sequence = (SELECT b.carried
                    FROM unnest(?::text[], ?::smallint[], ?::bigint[]) AS b (stream, partition, carried)
                    WHERE b.stream = excluded.stream AND b.partition = excluded.partition)
                """,
                p -> p.text(1, carrier)
                        .texts(2, done, Behind::stream)
                        .longs(3, done, Behind::partition)
                        .longs(4, done, Behind::head)
                        .texts(5, done, Behind::stream)
                        .longs(6, done, Behind::partition)
                        .longs(7, done, Behind::carried));
    }
}
