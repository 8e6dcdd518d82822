package org.tierstock.runtime.exchange;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.tierstock.movements.StreamPosition;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.work.Progress;
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
    private record Behind(String stream, int partition, long carried, long head) {
        long rows() {
            return head - carried;
        }

        boolean holds(StreamPosition position) {
            return position.stream().equals(stream) && position.partition() == partition;
        }
    }

    /** How many rows of a stream partition are read at once. */
    private record Share(Behind behind, long rows) {}

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

    /** Carries at most {@link #BATCH} rows; MORE when there may be more, NONE when nothing got there. */
    public Progress step(Carrier carrier, Set<Integer> partitions) {
        List<Behind> behind = behind(carrier.name(), partitions);
        if (behind.isEmpty()) {
            return Progress.NONE;
        }
        List<Share> shares = shares(behind);
        List<OutboxRow> rows = rows(carrier.name(), shares);
        Set<StreamPosition> missing = rows.isEmpty() ? Set.of() : carrier.carry(rows);
        boolean more = false;
        boolean any = false;
        List<Behind> done = new ArrayList<>(shares.size());
        for (Share share : shares) {
            Behind from = share.behind();
            List<StreamPosition> positions =
                    rows.stream().map(OutboxRow::position).filter(from::holds).toList();
            boolean held = positions.stream().anyMatch(missing::contains);
            boolean toTheHead = !held && positions.size() < share.rows();
            long carried = toTheHead ? from.head() : lastBefore(missing, positions, from);
            done.add(new Behind(from.stream(), from.partition(), from.carried(), carried));
            any |= !positions.isEmpty() && carried > from.carried();
            more |= !held && carried < from.head();
        }
        markCarried(carrier.name(), done);
        if (more) {
            return Progress.MORE;
        }
        return any ? Progress.DONE : Progress.NONE;
    }

    /**
     * Shares a batch among the stream partitions, so that none waits behind another's backlog: who needs less than an even
     * share leaves the rest to the others.
     */
    private static List<Share> shares(List<Behind> behind) {
        List<Share> shares = new ArrayList<>(behind.size());
        long left = BATCH;
        List<Behind> shortestFirst =
                behind.stream().sorted(Comparator.comparingLong(Behind::rows)).toList();
        for (Behind next : shortestFirst) {
            long even = Math.max(1, left / (shortestFirst.size() - shares.size()));
            long rows = Math.min(next.rows(), even);
            shares.add(new Share(next, rows));
            left -= rows;
        }
        return shares;
    }

    /** The last of the positions, which are in order, before any that is missing. */
    private static long lastBefore(Set<StreamPosition> missing, List<StreamPosition> positions, Behind behind) {
        long last = behind.carried();
        for (StreamPosition position : positions) {
            if (missing.contains(position)) {
                return last;
            }
            last = position.sequence();
        }
        return last;
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

    private List<OutboxRow> rows(String carrier, List<Share> shares) {
        return database.query(
                // The carrier is named and no parameter, so that the index of what goes another way than most of its
                // stream
                // serves: what one carrier lags behind may be many rows of the other.
                """
                SELECT o.stream, o.partition, o.sequence, (SELECT epoch FROM installation), o.journal, o.type, o.business_key, o.subject,
                       o.payload, o.trace_parent, o.written_at
                FROM unnest(?::text[], ?::smallint[], ?::bigint[], ?::bigint[], ?::bigint[])
                     AS b (stream, partition, carried, head, share)
                -- one range of the key after the other, whatever plan is chosen: joined, all that is kept would be read
                CROSS JOIN LATERAL (
                    SELECT * FROM outbox o
                    WHERE o.stream = b.stream AND o.partition = b.partition
                      AND o.sequence > b.carried AND o.sequence <= b.head AND o.carrier = '%s'
                    ORDER BY o.sequence LIMIT b.share) o
                ORDER BY o.stream, o.partition, o.sequence
                """.formatted(carrier),
                p -> p.texts(1, shares, share -> share.behind().stream())
                        .longs(2, shares, share -> share.behind().partition())
                        .longs(3, shares, share -> share.behind().carried())
                        .longs(4, shares, share -> share.behind().head())
                        .longs(5, shares, Share::rows),
                row -> new OutboxRow(
                        new StreamPosition(row.getString(1), row.getInt(2), row.getLong(3)),
                        row.getLong(4),
                        row.getLong(5),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8),
                        row.getString(9),
                        row.getString(10),
                        row.getTimestamp(11).toInstant()));
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
