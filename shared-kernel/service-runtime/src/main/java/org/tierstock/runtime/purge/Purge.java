package org.tierstock.runtime.purge;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.runtime.sql.Database;

/** Deletes rows by number, a bounded chunk in a transaction of its own. */
@ApplicationScoped
public class Purge {
    /** Which side of a stream this layer is. */
    public enum Side {
        SENT("outbox", "written_at"),
        APPLIED("inbox", "applied_at");

        private final String table;
        private final String age;

        Side(String table, String age) {
            this.table = table;
            this.age = age;
        }

        /** What its rows are called in metrics. */
        String rows() {
            return table;
        }
    }

    /** A stream partition of which rows may be there. */
    public record Place(Side side, String stream, int partition) {}

    /**
     * What one call did.
     *
     * @param deleted how many rows
     * @param more whether there may be more to delete
     */
    public record Gone(int deleted, boolean more) {}

    private record Chunk(Long upTo, int rows) {}

    private final Database database;
    private final int chunk;
    private final long keepSeconds;

    @Inject
    public Purge(
            Database database,
            @ConfigProperty(name = "tierstock.purge.chunk") int chunk,
            @ConfigProperty(name = "tierstock.purge.keep") Duration keep) {
        this.database = database;
        this.chunk = chunk;
        this.keepSeconds = keep.toSeconds();
    }

    /** For the container's proxy. */
    protected Purge() {
        this(null, 0, Duration.ZERO);
    }

    /** The stream partitions of which the other side has released anything that was not purged. */
    public List<Place> places(Set<Integer> partitions) {
        List<Integer> wanted = List.copyOf(partitions);
        return database.query(
                """
                SELECT s.side, s.stream, s.partition
                FROM (SELECT 'SENT' AS side, stream, partition FROM stream_head
                      UNION ALL SELECT 'APPLIED', stream, partition FROM stream_mark) s
                JOIN stream_released r USING (stream, partition)
                LEFT JOIN stream_floor f USING (stream, partition, side)
                WHERE partition = ANY (?::smallint[]) AND r.sequence > coalesce(f.sequence, 0)
                ORDER BY 1, 2, 3
                """,
                p -> p.integers(1, wanted, Integer::intValue),
                row -> new Place(Side.valueOf(row.getString(1)), row.getString(2), row.getInt(3)));
    }

    /** Deletes a chunk of a stream partition's rows. */
    @Transactional
    public Gone purge(Place place) {
        long floor = floor(place);
        long bound = bound(place);
        // The first row that is to be kept ends the search for it, so that where nothing is old enough one row is read.
        // What is
        // newer than that one stays with it, whatever its age: numbers go in order.
        Chunk old = database.query(
                        """
                        SELECT max(sequence), count(*) FROM (
                            SELECT sequence FROM %1$s
                            WHERE stream = ? AND partition = ? AND sequence > ?
                              AND sequence < coalesce((
                                SELECT sequence FROM (
                                    SELECT sequence, %2$s AS at FROM %1$s
                                    WHERE stream = ? AND partition = ? AND sequence > ? AND sequence <= ?
                                    ORDER BY sequence LIMIT ?) first
                                WHERE at >= now() - make_interval(secs => ?) ORDER BY sequence LIMIT 1), ? + 1)
                            ORDER BY sequence LIMIT ?) old
                        """.formatted(place.side().table, place.side().age),
                        p -> p.text(1, place.stream())
                                .integer(2, place.partition())
                                .number(3, floor)
                                .text(4, place.stream())
                                .integer(5, place.partition())
                                .number(6, floor)
                                .number(7, bound)
                                .integer(8, chunk)
                                .number(9, keepSeconds)
                                .number(10, bound)
                                .integer(11, chunk),
                        row -> new Chunk(row.getObject(1, Long.class), row.getInt(2)))
                .getFirst();
        return old.upTo() == null ? new Gone(0, false) : new Gone(purge(place, floor, old.upTo()), old.rows() == chunk);
    }

    private int purge(Place place, long floor, long upTo) {
        // The key of a revocation guards against its being issued again, so its row outlives its number.
        String guards = place.side() == Side.APPLIED ? " AND type <> 'StockRevoked'" : "";
        int deleted = database.update(
                "DELETE FROM " + place.side().table
                        + " WHERE stream = ? AND partition = ? AND sequence > ? AND sequence <= ?" + guards,
                p -> p.text(1, place.stream())
                        .integer(2, place.partition())
                        .number(3, floor)
                        .number(4, upTo));
        database.update(
                """
                INSERT INTO stream_floor (stream, partition, side, sequence) VALUES (?, ?, ?, ?)
                ON CONFLICT (stream, partition, side) DO UPDATE SET sequence = excluded.sequence
                WHERE stream_floor.sequence < excluded.sequence -- another replica may have gone further
                """,
                p -> p.text(1, place.stream())
                        .integer(2, place.partition())
                        .text(3, place.side().name())
                        .number(4, upTo));
        return deleted;
    }

    /** Up to where rows may go. */
    private long bound(Place place) {
        long released = number(
                "SELECT sequence FROM stream_released WHERE stream = ? AND partition = ?",
                place.stream(),
                place.partition());
        return switch (place.side()) {
            // The inbox knows a number without a row by the mark, so the mark bounds and not what is applied beyond it.
            case APPLIED ->
                Math.min(
                        released,
                        number(
                                "SELECT contiguous FROM stream_mark WHERE stream = ? AND partition = ?",
                                place.stream(),
                                place.partition()));
            // Settlements tell which keys of revocations may go.
            case SENT ->
                place.stream().equals(Streams.SALES_TO_DISPATCH)
                        ? Math.min(released, settled(place.partition()))
                        : released;
        };
    }

    private long floor(Place place) {
        return number(
                "SELECT sequence FROM stream_floor WHERE stream = ? AND partition = ? AND side = '" + place.side()
                        + '\'',
                place.stream(),
                place.partition());
    }

    private long number(String sql, String stream, int partition) {
        return database.queryOne(sql, p -> p.text(1, stream).integer(2, partition), row -> row.getLong(1))
                .orElse(0L);
    }

    private long settled(int partition) {
        return database.queryOne(
                        "SELECT settled FROM revocation_proof WHERE partition = ?",
                        p -> p.integer(1, partition),
                        row -> row.getLong(1))
                .orElse(0L);
    }

    /** Deletes a chunk of the keys of revocations that can come no more. */
    @Transactional
    public Gone revocationKeys(int partition) {
        long floor = floor(new Place(Side.APPLIED, Streams.DISPATCH_TO_SALES, partition));
        long settled = settled(partition);
        int deleted = database.update(
                """
                DELETE FROM inbox WHERE stream = ? AND partition = ? AND sequence IN (
                    SELECT i.sequence FROM inbox i
                    WHERE i.stream = ? AND i.partition = ? AND i.sequence <= ? AND i.type = 'StockRevoked'
                      -- written in the transaction of the row; when it is gone, it was settled as well
                      AND NOT EXISTS (SELECT FROM outbox o
                                      WHERE o.type = 'RevocationSettled' AND o.business_key = i.business_key
                                        AND o.sequence > ?)
                    ORDER BY i.sequence LIMIT ?)
                """,
                p -> p.text(1, Streams.DISPATCH_TO_SALES)
                        .integer(2, partition)
                        .text(3, Streams.DISPATCH_TO_SALES)
                        .integer(4, partition)
                        .number(5, floor)
                        .number(6, settled)
                        .integer(7, chunk));
        return new Gone(deleted, deleted == chunk);
    }

    /** Remembers that nothing is left of these partitions that may go now. */
    @Transactional
    public void done(Set<Integer> partitions) {
        List<Integer> inOrder = partitions.stream().sorted().toList();
        database.update("""
                INSERT INTO purge_done (partition, done_at) SELECT partition, now() FROM unnest(?::smallint[]) AS p (partition)
                ON CONFLICT (partition) DO UPDATE SET done_at = excluded.done_at
                """, p -> p.integers(1, inOrder, Integer::intValue));
    }

    /** Deletes a chunk of a layer's own rows. */
    @Transactional
    public Gone purge(PurgedRows rows) {
        int deleted = rows.purge(chunk, keepSeconds);
        return new Gone(deleted, deleted >= chunk);
    }
}
