package org.tierstock.runtime.history;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.tierstock.movements.Partitions;
import org.tierstock.movements.StreamPosition;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.exchange.NumberRanges;
import org.tierstock.runtime.exchange.SenderHistories;
import org.tierstock.runtime.exchange.Watermarks;
import org.tierstock.runtime.history.LostHistory.HeldAnswer;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.Parameters;

/** What this database says of its own history and of those of its peers. */
@ApplicationScoped
public class Histories implements SenderHistories {
    /**
     * How many of the last transactions of a peer are named, per stream partition and of the answers to calls. The highest
     * one alone would not do: a transaction that had its number but not its commit when a backup was made is lost with it,
     * and higher ones are not.
     */
    private static final int LAST = 64;

    /** What a peer has taken, by stream partition; the statement's first three parameters. */
    static final String TAKEN = """
            taken AS (
                SELECT stream, partition, range_agg(numbers::int8multirange) AS numbers
                FROM unnest(?::text[], ?::smallint[], ?::text[]) AS t (stream, partition, numbers)
                GROUP BY stream, partition
            )""";

    /** The first number of each stream partition that was carried to a peer and that it has not taken; the fourth parameter. */
    static final String LACKING = """
            lacking AS (
                SELECT c.stream, c.partition, c.carrier, min(o.sequence) AS first
                FROM stream_carried c
                LEFT JOIN taken t ON t.stream = c.stream AND t.partition = c.partition
                CROSS JOIN LATERAL unnest('{[1,)}'::int8multirange - coalesce(t.numbers, '{}')) AS gap
                CROSS JOIN LATERAL (
                    SELECT o.sequence FROM outbox o
                    WHERE o.stream = c.stream AND o.partition = c.partition AND o.carrier = c.carrier
                      AND o.sequence >= lower(gap) AND o.sequence < coalesce(upper(gap), c.sequence + 1)
                      AND o.sequence <= c.sequence
                    ORDER BY o.sequence LIMIT 1) o
                WHERE receiver_of(c.stream) = ?
                GROUP BY c.stream, c.partition, c.carrier
            )""";

    /** Has all from there carried again. */
    static final String CARRY_AGAIN = """
            UPDATE stream_carried c SET sequence = l.first - 1 FROM lacking l
            WHERE l.stream = c.stream AND l.partition = c.partition AND l.carrier = c.carrier""";

    /**
     * The stream partitions by which a peer may have sent something; the first parameter. Streams are looked for one after the
     * other: to tell them from all rows would read all that is kept.
     */
    private static final String RECEIVED = """
            RECURSIVE any_stream AS (
                (SELECT stream FROM inbox ORDER BY stream LIMIT 1)
                UNION ALL
                SELECT next.stream FROM any_stream s CROSS JOIN LATERAL (
                    SELECT stream FROM inbox WHERE stream > s.stream ORDER BY stream LIMIT 1) next
            ), received AS (
                SELECT s.stream, p.partition::smallint AS partition
                FROM any_stream s CROSS JOIN generate_series(0, %d) AS p (partition)
                WHERE sender_of(s.stream) = ?
            )""".formatted(Partitions.COUNT - 1);

    /**
     * The most ranges of parked numbers that a peer is told, so that one message holds them. Numbers that it is not told are sent
     * again, and known to be parked when they come.
     */
    private static final int MOST_PARKED = 10_000;

    /** A transaction of a peer. */
    private record Number(long epoch, long journal) {}

    /** A message as a database keeps it. */
    record Kept(StreamPosition position, long epoch, long journal, String type, String payload) {
        int characters() {
            return payload.length();
        }
    }

    private final Database database;
    private final Database reads;
    private final Installation installation;
    private final Watermarks watermarks;

    @Inject
    public Histories(Database database, @Reads Database reads, Installation installation, Watermarks watermarks) {
        this.database = database;
        this.reads = reads;
        this.installation = installation;
        this.watermarks = watermarks;
    }

    /** For the container's proxy. */
    protected Histories() {
        this(null, null, null, null);
    }

    // ---- what this layer has seen of a peer

    /** What has been seen of a peer's transactions, and how far it says to have applied what was sent to it. */
    Seen of(String peer) {
        List<Number> numbers = last(LAST, peer, epochOf(peer));
        List<StreamPosition> released = database.query(
                """
                SELECT r.stream, r.partition, r.sequence FROM stream_released r
                JOIN stream_head h USING (stream, partition)
                WHERE receiver_of(r.stream) = ? AND r.sequence <= h.sequence -- nobody has what was not sent yet
                """, p -> p.text(1, peer), row -> new StreamPosition(row.getString(1), row.getInt(2), row.getLong(3)));
        return new Seen(
                numbers.isEmpty() ? 0 : numbers.getFirst().epoch(),
                numbers.stream()
                        .map(Number::journal)
                        .filter(journal -> journal > 0)
                        .toList(),
                released);
    }

    /** The last transactions of a peer's newest epoch: so many of each stream partition, and of the answers to calls. */
    private List<Number> last(int count, String peer, long epoch) {
        return database.query(
                """
                WITH %s, tail AS (
                    SELECT i.epoch, i.journal
                    FROM received r
                    CROSS JOIN LATERAL (SELECT epoch, journal FROM inbox t
                                        WHERE t.stream = r.stream AND t.partition = r.partition
                                          AND t.journal > 0 AND t.epoch <= ?
                                        ORDER BY t.sequence DESC LIMIT ?) i
                    UNION SELECT epoch, journal FROM peer_seen_before WHERE peer = ?
                    UNION (SELECT epoch, journal FROM answer_seen WHERE peer = ? AND journal > 0 AND epoch <= ?
                           ORDER BY epoch DESC, journal DESC LIMIT ?)
                    UNION SELECT epoch, 0 FROM peer_epoch WHERE peer = ?
                )
                SELECT epoch, journal FROM tail
                -- nothing is told of an epoch that the peer itself has not begun here
                WHERE epoch = (SELECT max(epoch) FROM tail WHERE epoch <= ?) ORDER BY journal
                """.formatted(RECEIVED),
                p -> p.text(1, peer)
                        .number(2, epoch)
                        .integer(3, count)
                        .text(4, peer)
                        .text(5, peer)
                        .number(6, epoch)
                        .integer(7, count)
                        .text(8, peer)
                        .number(9, epoch),
                row -> new Number(row.getLong(1), row.getLong(2)));
    }

    /** The epoch that a peer is in, as it has told here itself. */
    private long epochOf(String peer) {
        return database.queryOne(
                        "SELECT epoch FROM peer_epoch WHERE peer = ?", p -> p.text(1, peer), row -> row.getLong(1))
                .orElse(Installation.FIRST_EPOCH);
    }

    @Override
    public Known known(String layer) {
        long epoch = epochOf(layer);
        // Its stream partitions are in the order in which it has committed.
        return new Known(
                epoch,
                last(1, layer, epoch).stream().mapToLong(Number::journal).max().orElse(0));
    }

    // ---- what this database lacks

    /**
     * Why this database must have been set back, judged by what a peer had seen before; empty when it knows all of it. Must
     * be read after the peer has read: what others commit here meanwhile is not lost.
     */
    Optional<String> lost(String peer, Seen seen) {
        long epoch = installation.epoch();
        if (seen.epoch() > epoch) {
            return Optional.of("The " + peer + " layer knows epoch " + seen.epoch() + ", this database epoch " + epoch);
        }
        if (seen.epoch() == epoch) {
            List<Long> unknown =
                    database.query("""
                    SELECT s.number FROM unnest(?::bigint[]) AS s (number)
                    WHERE NOT EXISTS (SELECT FROM journal j WHERE j.number = s.number)
                      -- of those that were purged here it is enough that later ones are known
                      AND s.number >= (SELECT coalesce(min(number), 0) FROM journal)
                    ORDER BY 1
                    """, p -> p.longs(1, seen.journals(), Long::longValue), row -> row.getLong(1));
            if (!unknown.isEmpty()) {
                return Optional.of("The " + peer + " layer has seen " + unknown.size()
                        + " transactions, the last one number " + unknown.getLast()
                        + ", that this database does not know; its own last one is " + installation.journal());
            }
        }
        for (StreamPosition position : seen.released()) {
            long applied = watermarks.contiguous(position.stream(), position.partition());
            if (applied < position.sequence()) {
                return Optional.of("The " + peer + " layer was told that " + position.stream() + '/'
                        + position.partition() + " is applied up to " + position.sequence()
                        + ", this database has applied it up to " + applied);
            }
        }
        return Optional.empty();
    }

    /**
     * What of all incoming streams need not be sent again: it is applied, or it waits for a person among the parked messages.
     * What a person has closed without giving its number up may have been anything: what truly stands there comes again.
     */
    List<AppliedPosition> taken() {
        List<AppliedPosition> taken = new ArrayList<>(applied());
        taken.addAll(parked("state = 'PARKED'", MOST_PARKED));
        return taken;
    }

    /** What has been applied of all incoming streams. */
    List<AppliedPosition> applied() {
        return watermarks.applied();
    }

    /** What a person has of all incoming streams, among the parked messages. It has had no effect. */
    List<AppliedPosition> parked() {
        return parked("state <> 'REPLAYED'", Integer.MAX_VALUE);
    }

    /**
     * @param state which of them, as a condition
     * @param most how many ranges of them, the lowest
     */
    private List<AppliedPosition> parked(String state, int most) {
        return database.query(
                """
                SELECT stream, partition, range_agg(numbers) FROM (
                    SELECT stream, partition, unnest(range_agg(int8range(sequence, sequence, '[]'))) AS numbers
                    FROM parked_message
                    WHERE stream IS NOT NULL AND %s AND NOT given_up
                      -- noise may say what it likes
                      AND partition BETWEEN 0 AND ? AND sequence BETWEEN 1 AND ?
                    GROUP BY stream, partition
                    ORDER BY numbers, stream, partition LIMIT ?) AS lowest
                GROUP BY stream, partition
                """.formatted(state),
                p -> p.integer(1, Partitions.COUNT - 1)
                        .number(2, StreamPosition.MAX_SEQUENCE)
                        .integer(3, most),
                row -> new AppliedPosition(row.getString(1), row.getInt(2), 0, NumberRanges.parse(row.getString(3))));
    }

    // ---- for a peer that was set back, or only away

    /**
     * Has everything carried again that the peer lacks, as this layer's own repair wants it. What it has got meanwhile it will
     * know.
     */
    void carryAgain(String peer, List<AppliedPosition> taken) {
        database.update(
                "WITH %s, %s %s".formatted(TAKEN, LACKING, CARRY_AGAIN),
                p -> bind(p, taken).text(4, peer));
    }

    /**
     * Nothing of the peer that is older than this epoch has an effect from now on. An epoch that has begun may be begun
     * again, and waits for nobody.
     *
     * @return false when the epoch lies beyond the next one after the one that the peer is in: then nothing has changed. No
     *     history ends twice in between without this layer being told, and from an epoch that nobody reaches there is no way
     *     back
     */
    @Transactional
    public boolean beginEpochOf(String peer, long epoch) {
        long before = epochOf(peer);
        if (epoch > before && epoch - before > 1) {
            return false;
        }
        if (epoch > before) {
            raiseEpochOf(peer, epoch);
        }
        return true;
    }

    /**
     * A peer that was asked has said which epoch it is in. It told so when that began, but this database may have been set back
     * since.
     *
     * @return false when it lies more than {@link Repair#MOST_EPOCHS} beyond the one known here: then nothing has changed. From
     *     an epoch that the peer will never be in all that it says would be old
     */
    @Transactional
    public boolean epochToldBy(String peer, long epoch) {
        long before = epochOf(peer);
        if (epoch > before && epoch - before > Repair.MOST_EPOCHS) {
            return false;
        }
        if (epoch > before) {
            raiseEpochOf(peer, epoch);
        }
        return true;
    }

    private void raiseEpochOf(String peer, long epoch) {
        // Postings that still take older messages end first; those that come later see the new epoch.
        database.update("LOCK TABLE inbox IN SHARE ROW EXCLUSIVE MODE", Database.Binder.NOTHING);
        database.update("""
                INSERT INTO peer_epoch (peer, epoch) VALUES (?, ?)
                ON CONFLICT (peer) DO UPDATE SET epoch = greatest(peer_epoch.epoch, excluded.epoch)
                """, p -> p.text(1, peer).number(2, epoch));
        forgetReleasesOf(peer);
    }

    /**
     * What a peer has said to need no longer was of the history that has ended, and it says so anew. Told back to it at every
     * start, it would have it found set back again after each repair. What was purged for it is gone, and stays said.
     */
    private void forgetReleasesOf(String peer) {
        database.update("""
                WITH purged AS (
                    SELECT r.stream, r.partition, max(f.sequence) AS sequence
                    FROM stream_released r LEFT JOIN stream_floor f USING (stream, partition)
                    WHERE ? IN (sender_of(r.stream), receiver_of(r.stream))
                    GROUP BY r.stream, r.partition
                ), forgotten AS (
                    DELETE FROM stream_released r USING purged p
                    WHERE r.stream = p.stream AND r.partition = p.partition AND p.sequence IS NULL
                )
                UPDATE stream_released r SET sequence = p.sequence FROM purged p
                WHERE r.stream = p.stream AND r.partition = p.partition AND r.sequence > p.sequence
                """, p -> p.text(1, peer));
    }

    /** What has been applied of a peer's streams. */
    List<AppliedPosition> appliedOf(String peer) {
        List<AppliedPosition> applied = watermarks.applied();
        Set<String> sent = Set.copyOf(database.query(
                "SELECT DISTINCT stream FROM unnest(?::text[]) AS s (stream) WHERE sender_of(stream) = ?",
                p -> p.texts(1, applied, AppliedPosition::stream).text(2, peer),
                row -> row.getString(1)));
        return applied.stream()
                .filter(position -> sent.contains(position.stream()))
                .toList();
    }

    /** Passes on the messages to the peer that it has not taken, in order per partition. */
    void sentTo(String peer, List<AppliedPosition> taken, Consumer<Kept> sink) {
        reads.stream("""
                WITH %s
                SELECT o.stream, o.partition, o.sequence, (SELECT epoch FROM installation), o.journal, o.type, o.payload
                FROM stream_head h
                LEFT JOIN taken t ON t.stream = h.stream AND t.partition = h.partition
                CROSS JOIN LATERAL unnest('{[1,)}'::int8multirange - coalesce(t.numbers, '{}')) AS gap
                -- OFFSET keeps it apart: each gap is looked up by the key, and never joined with all that is kept
                CROSS JOIN LATERAL (
                    SELECT * FROM outbox
                    WHERE stream = h.stream AND partition = h.partition
                      AND sequence >= lower(gap) AND sequence < coalesce(upper(gap), h.sequence + 1)
                    OFFSET 0) o
                WHERE receiver_of(h.stream) = ?
                ORDER BY o.stream, o.partition, o.sequence
                """.formatted(TAKEN), p -> bind(p, taken).text(4, peer), Histories::kept, sink);
    }

    /** Passes on the messages of the peer that have been applied here beyond these numbers, in order per partition. */
    void appliedBeyond(String peer, List<StreamPosition> heads, Consumer<Kept> sink) {
        reads.stream(
                """
                WITH %s, head AS (
                    SELECT * FROM unnest(?::text[], ?::smallint[], ?::bigint[]) AS h (stream, partition, sequence)
                )
                SELECT i.stream, i.partition, i.sequence, i.epoch, i.journal, i.type, i.payload
                FROM received r
                LEFT JOIN head h ON h.stream = r.stream AND h.partition = r.partition
                CROSS JOIN LATERAL (
                    SELECT * FROM inbox
                    WHERE stream = r.stream AND partition = r.partition AND sequence > coalesce(h.sequence, 0)
                    OFFSET 0) i
                -- a message whose document had had its effect under another number moves nothing there either
                WHERE i.business_key IS NOT NULL
                ORDER BY i.stream, i.partition, i.sequence
                """.formatted(RECEIVED),
                p -> p.text(1, peer)
                        .texts(2, heads, StreamPosition::stream)
                        .longs(3, heads, StreamPosition::partition)
                        .longs(4, heads, StreamPosition::sequence),
                Histories::kept,
                sink);
    }

    /** Passes on what is kept of calls between this layer and the peer, in the order in which it was written. */
    void heldFor(String peer, String keeper, Consumer<HeldAnswer> sink) {
        reads.stream(
                "SELECT kind, content FROM held_answer WHERE peer = ? ORDER BY place",
                p -> p.text(1, peer),
                row -> new HeldAnswer(keeper, row.getString(1), row.getString(2)),
                sink);
    }

    /**
     * Records numbers of a peer that will never come as applied, so that what follows them counts as contiguous. The mark says
     * so, in as many ranges: there is no message that the inbox could keep.
     *
     * @return false when nothing that has been applied follows one of them: then none is recorded
     */
    @Transactional
    public boolean closeNumbers(List<Unused> numbers) {
        Map<StreamPosition, Long> last = new HashMap<>();
        watermarks
                .applied(numbers.stream().map(Unused::stream).distinct().toList())
                .forEach(applied -> last.put(first(applied.stream(), applied.partition()), applied.last()));
        if (!numbers.stream()
                .allMatch(unused ->
                        unused.numbers().last() <= last.getOrDefault(first(unused.stream(), unused.partition()), 0L))) {
            return false;
        }
        database.update(
                """
                INSERT INTO stream_mark (stream, partition, applied)
                SELECT stream, partition, '{[0,0]}'::int8multirange + range_agg(int8range(first, last, '[]'))
                FROM unnest(?::text[], ?::smallint[], ?::bigint[], ?::bigint[]) AS n (stream, partition, first, last)
                GROUP BY stream, partition ORDER BY stream, partition
                ON CONFLICT (stream, partition) DO UPDATE SET applied = stream_mark.applied + excluded.applied
                """,
                p -> p.texts(1, numbers, Unused::stream)
                        .longs(2, numbers, Unused::partition)
                        .longs(3, numbers, unused -> unused.numbers().first())
                        .longs(4, numbers, unused -> unused.numbers().last()));
        return true;
    }

    /** The name of a stream partition. */
    private static StreamPosition first(String stream, int partition) {
        return new StreamPosition(stream, partition, 1);
    }

    /** Binds {@link #TAKEN}. */
    static Parameters bind(Parameters parameters, List<AppliedPosition> taken) throws SQLException {
        return parameters
                .texts(1, taken, AppliedPosition::stream)
                .longs(2, taken, AppliedPosition::partition)
                .texts(3, taken, position -> position.numbers().text());
    }

    private static Kept kept(ResultSet row) throws SQLException {
        return new Kept(
                new StreamPosition(row.getString(1), row.getInt(2), row.getLong(3)),
                row.getLong(4),
                row.getLong(5),
                row.getString(6),
                row.getString(7));
    }
}
