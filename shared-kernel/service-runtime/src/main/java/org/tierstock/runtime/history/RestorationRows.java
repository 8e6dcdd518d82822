package org.tierstock.runtime.history;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import org.tierstock.movements.StreamPosition;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.exchange.NumberRanges;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.problem.Problem;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;

/** Keeps how far repairs have come, and does what they change of the exchange. */
@ApplicationScoped
public class RestorationRows {
    private static final String COLUMNS =
            "SELECT number, state, reason, epoch, detected_at, closed_at, closed_by FROM restoration ";

    /** How many numbers a repair closes at most: what a peer says beyond that, nobody has sent. */
    static final long MOST_UNUSED = 100_000_000;

    private final Database database;
    private final Database reads;

    @Inject
    public RestorationRows(Database database, @Reads Database reads) {
        this.database = database;
        this.reads = reads;
    }

    /** For the container's proxy. */
    protected RestorationRows() {
        this(null, null);
    }

    /** Notes that the database was set back, and which numbers it knew, unless that is noted already. */
    @Transactional
    public void detect(String reason, long epoch) {
        int detected = database.update("""
                INSERT INTO restoration (state, reason, epoch) VALUES ('DETECTED', ?, ?) ON CONFLICT DO NOTHING
                """, p -> p.text(1, reason).number(2, epoch));
        if (detected == 1) {
            database.update("""
                    INSERT INTO restoration_head (number, stream, partition, sequence)
                    SELECT r.number, h.stream, h.partition, h.sequence
                    FROM restoration r CROSS JOIN stream_head h WHERE r.state = 'DETECTED'
                    """, Database.Binder.NOTHING);
        }
    }

    /** The one that is not closed. */
    Optional<Restoration> open() {
        return database.queryOne(
                COLUMNS + "WHERE state <> 'CLOSED'", Database.Binder.NOTHING, RestorationRows::restoration);
    }

    /** True when the layer is fenced, and all that peers know is made good: what differs still, people decide on. */
    public boolean isRebuilt() {
        return open().filter(restoration -> restoration.state() == Restoration.State.REBUILT)
                .isPresent();
    }

    /** For whoever goes on with it. */
    Optional<Restoration> find(long number) {
        return find(database, number);
    }

    /** For whoever only looks. */
    Optional<Restoration> show(long number) {
        return find(reads, number);
    }

    private static Optional<Restoration> find(Database asked, long number) {
        return asked.queryOne(COLUMNS + "WHERE number = ?", p -> p.number(1, number), RestorationRows::restoration);
    }

    /** A page, newest first. */
    Page<Restoration> page(Cursor after, Limit limit) {
        List<Restoration> rows = reads.query(
                COLUMNS + "WHERE number < ? ORDER BY number DESC LIMIT ?",
                p -> p.number(1, after == null ? Long.MAX_VALUE : after.number(0))
                        .integer(2, limit.plusOne()),
                RestorationRows::restoration);
        return Page.of(rows, limit, last -> Cursor.of(last.number()));
    }

    /** The epoch that the history goes on with. */
    @Transactional
    public void beginEpoch(long number, long epoch) {
        database.update(
                "UPDATE restoration SET epoch = ? WHERE number = ?",
                p -> p.number(1, epoch).number(2, number));
        database.update("UPDATE installation SET epoch = ?", p -> p.number(1, epoch));
    }

    void to(Restoration.State state, long number) {
        database.updateExactly(
                1,
                "UPDATE restoration SET state = ? WHERE number = ? AND state <> 'CLOSED'",
                p -> p.text(1, state.name()).number(2, number));
    }

    void close(long number, String by) {
        database.updateExactly(1, """
                UPDATE restoration SET state = 'CLOSED', closed_at = now(), closed_by = ?
                WHERE number = ? AND state = 'REBUILT'
                """, p -> p.text(1, by).number(2, number));
    }

    /** The last numbers that the database knew of when it was found. */
    List<StreamPosition> heads(long number) {
        return database.query(
                """
                SELECT stream, partition, sequence FROM restoration_head WHERE number = ? AND sequence > 0
                """,
                p -> p.number(1, number),
                row -> new StreamPosition(row.getString(1), row.getInt(2), row.getLong(3)));
    }

    /**
     * Brings this layer's streams in line with what a peer has applied of them: new numbers begin behind all of those. What the
     * peer has not applied goes out again as everything does, as of the epoch that then is.
     *
     * @return the numbers up to the peer's last one that nobody has a message of
     * @throws Problem NUMBERS_APART when there are more than {@link #MOST_UNUSED}; then nothing is changed
     */
    @Transactional
    List<Unused> align(String peer, List<AppliedPosition> applied) {
        List<Unused> unused = unused(applied);
        if (count(unused) > MOST_UNUSED) {
            throw Problem.of(
                    409,
                    "NUMBERS_APART",
                    "The " + peer
                            + " layer has applied numbers further beyond all that this one knows of than it can have"
                            + " sent: more than " + MOST_UNUSED + " numbers, in " + unused.size() + " gaps.");
        }
        database.update(
                """
                INSERT INTO stream_head (stream, partition, sequence)
                SELECT * FROM unnest(?::text[], ?::smallint[], ?::bigint[])
                ON CONFLICT (stream, partition) DO UPDATE SET sequence = excluded.sequence
                WHERE stream_head.sequence < excluded.sequence
                """,
                p -> p.texts(1, applied, AppliedPosition::stream)
                        .longs(2, applied, AppliedPosition::partition)
                        .longs(3, applied, AppliedPosition::last));
        return unused;
    }

    /** Which of these are of no stream of this layer, or lie beyond the last number that it has given in it. */
    List<StreamPosition> neverGiven(List<StreamPosition> positions) {
        return database.query(
                """
                SELECT m.stream, m.partition, m.sequence
                FROM unnest(?::text[], ?::smallint[], ?::bigint[]) AS m (stream, partition, sequence)
                LEFT JOIN stream_head h USING (stream, partition)
                WHERE h.sequence IS NULL OR h.sequence < m.sequence
                """,
                p -> p.texts(1, positions, StreamPosition::stream)
                        .integers(2, positions, StreamPosition::partition)
                        .longs(3, positions, StreamPosition::sequence),
                row -> new StreamPosition(row.getString(1), row.getInt(2), row.getLong(3)));
    }

    /** As ranges: there are as many as gaps between messages, however many numbers they hold. */
    private List<Unused> unused(List<AppliedPosition> applied) {
        List<AppliedPosition> gaps = applied.stream()
                .filter(position -> position.contiguous() < position.last())
                .toList();
        return database.query(
                """
                SELECT a.stream, a.partition, lower(gap), upper(gap) - 1
                FROM unnest(?::text[], ?::smallint[], ?::bigint[], ?::bigint[], ?::text[])
                  AS a (stream, partition, contiguous, last, applied)
                CROSS JOIN LATERAL (
                    SELECT int8multirange(int8range(a.contiguous + 1, a.last, '[]')) - a.applied::int8multirange
                        AS numbers) lacking
                -- Only what the peer lacks is looked for: behind one gap it may have applied all that is kept.
                CROSS JOIN LATERAL (
                    SELECT range_agg(int8range(o.sequence, o.sequence, '[]')) AS numbers
                    FROM unnest(lacking.numbers) AS l
                    CROSS JOIN LATERAL (
                        SELECT sequence FROM outbox
                        WHERE stream = a.stream AND partition = a.partition
                          AND sequence >= lower(l) AND sequence < upper(l)
                        OFFSET 0) o) own
                CROSS JOIN LATERAL unnest(lacking.numbers - coalesce(own.numbers, '{}')) AS gap
                ORDER BY a.stream, a.partition, gap
                """,
                p -> p.texts(1, gaps, AppliedPosition::stream)
                        .longs(2, gaps, AppliedPosition::partition)
                        .longs(3, gaps, AppliedPosition::contiguous)
                        .longs(4, gaps, AppliedPosition::last)
                        .texts(5, gaps, position -> position.numbers().text()),
                row -> new Unused(
                        row.getString(1), row.getInt(2), new NumberRanges.Range(row.getLong(3), row.getLong(4))));
    }

    /** How many numbers that are; a few more than {@link #MOST_UNUSED} stand for all that are more. */
    private static long count(List<Unused> unused) {
        long count = 0;
        for (Unused each : unused) {
            count += Math.min(MOST_UNUSED + 1, each.count());
        }
        return count;
    }

    private static Restoration restoration(ResultSet row) throws SQLException {
        Timestamp closedAt = row.getTimestamp(6);
        return new Restoration(
                row.getLong(1),
                Restoration.State.valueOf(row.getString(2)),
                row.getString(3),
                row.getLong(4),
                row.getTimestamp(5).toInstant(),
                closedAt == null ? null : closedAt.toInstant(),
                row.getString(7));
    }
}
