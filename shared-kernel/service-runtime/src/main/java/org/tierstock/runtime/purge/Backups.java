package org.tierstock.runtime.purge;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tierstock.movements.StreamPosition;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;

/** The backups of this layer's database, with the positions that they hold at least. */
@ApplicationScoped
public class Backups {
    private static final String COLUMNS =
            "SELECT number, registered_at, registered_by, closed_at, closed_by, backup_id FROM backup";

    private record Place(String stream, int partition) {
        static Place of(StreamPosition position) {
            return new Place(position.stream(), position.partition());
        }
    }

    private record Row(long id, Backup backup) {}

    private record Oldest(Place place, long sequence, long backups) {}

    private final Database database;
    private final Database reads;

    @Inject
    public Backups(Database database, @Reads Database reads) {
        this.database = database;
        this.reads = reads;
    }

    /** For the container's proxy. */
    protected Backups() {
        this(null, null);
    }

    /**
     * Registers a backup that is begun after this has returned.
     *
     * @param positions where the layer stands
     * @return false when the number is known: nothing has changed
     */
    @Transactional
    boolean register(String number, String by, List<StreamPosition> positions) {
        Optional<Long> id = database.queryOne("""
                INSERT INTO backup (number, registered_by) VALUES (?, ?)
                ON CONFLICT (number) DO NOTHING RETURNING backup_id
                """, p -> p.text(1, number).text(2, by), row -> row.getLong(1));
        id.ifPresent(backup -> database.updateExactly(
                positions.size(),
                """
                INSERT INTO backup_position (backup_id, stream, partition, sequence)
                SELECT ?, * FROM unnest(?::text[], ?::smallint[], ?::bigint[])
                """,
                p -> p.number(1, backup)
                        .texts(2, positions, StreamPosition::stream)
                        .integers(3, positions, StreamPosition::partition)
                        .longs(4, positions, StreamPosition::sequence)));
        return id.isPresent();
    }

    /** From now on nobody would restore it. It stays in the list; closing it again changes nothing. */
    @Transactional
    Optional<Backup> close(String number, String by) {
        database.update("""
                UPDATE backup SET closed_at = now(), closed_by = ?
                WHERE number = ? AND closed_at IS NULL -- who closed it first did
                """, p -> p.text(1, by).text(2, number));
        return find(number);
    }

    /** For whoever has just registered or closed it. */
    Optional<Backup> find(String number) {
        return find(database, number);
    }

    /** For whoever only looks. */
    Optional<Backup> show(String number) {
        return find(reads, number);
    }

    private static Optional<Backup> find(Database asked, String number) {
        return asked.queryOne(COLUMNS + " WHERE number = ?", p -> p.text(1, number), Backups::row)
                .map(Row::backup);
    }

    /** A page, newest first. */
    Page<Backup> page(Cursor after, Limit limit) {
        List<Row> rows = reads.query(
                COLUMNS + " WHERE backup_id < ? ORDER BY backup_id DESC LIMIT ?",
                p -> p.number(1, after == null ? Long.MAX_VALUE : after.number(0))
                        .integer(2, limit.plusOne()),
                Backups::row);
        return Page.of(rows, limit, last -> Cursor.of(last.id())).map(Row::backup);
    }

    private static Row row(ResultSet row) throws SQLException {
        Timestamp closedAt = row.getTimestamp(4);
        return new Row(
                row.getLong(6),
                new Backup(
                        row.getString(1),
                        row.getTimestamp(2).toInstant(),
                        row.getString(3),
                        closedAt == null ? null : closedAt.toInstant(),
                        row.getString(5)));
    }

    /** The positions, none further than in any backup that somebody would restore. */
    List<StreamPosition> bounded(List<StreamPosition> positions) {
        long open = database.query(
                        "SELECT count(*) FROM backup WHERE closed_at IS NULL",
                        Database.Binder.NOTHING,
                        row -> row.getLong(1))
                .getFirst();
        if (open == 0) {
            return positions;
        }
        Map<Place, Long> oldest = new HashMap<>();
        database
                .query(
                        """
                        SELECT stream, partition, min(sequence), count(*)
                        FROM backup_position JOIN backup USING (backup_id)
                        WHERE closed_at IS NULL GROUP BY stream, partition
                        """,
                        Database.Binder.NOTHING,
                        row -> new Oldest(new Place(row.getString(1), row.getInt(2)), row.getLong(3), row.getLong(4)))
                .stream()
                // A backup without a position of the stream was taken before its first number.
                .filter(place -> place.backups() >= open)
                .forEach(place -> oldest.put(place.place(), place.sequence()));
        return positions.stream()
                .filter(position -> oldest.containsKey(Place.of(position)))
                .map(position -> new StreamPosition(
                        position.stream(),
                        position.partition(),
                        Math.min(position.sequence(), oldest.get(Place.of(position)))))
                .toList();
    }
}
