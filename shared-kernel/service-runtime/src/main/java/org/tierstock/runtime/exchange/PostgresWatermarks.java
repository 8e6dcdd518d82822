package org.tierstock.runtime.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.tierstock.movements.Partitions;
import org.tierstock.runtime.sql.Database;

/**
 * Reads the watermarks: the stored marks, which {@link MarkJob} moves forward, and those rows of the inbox that they do not
 * hold yet. These are looked for in the gaps of a mark only, so a gap costs one look, however much lies behind it.
 */
@ApplicationScoped
public class PostgresWatermarks implements Watermarks {
    private static final String NOTHING_APPLIED = "'{[0,1)}'::int8multirange";

    /** What the inbox has of a stream partition that its mark, of the table named mark, lacks; null for nothing. */
    private static final String FRESH = """
            SELECT range_agg(int8range(i.sequence, i.sequence, '[]')) AS applied
            FROM unnest('{[0,)}'::int8multirange - mark.applied) AS gap
            -- OFFSET keeps it apart: each gap is looked up by the key, and never all of them joined with all of the inbox
            CROSS JOIN LATERAL (
                SELECT sequence FROM inbox
                WHERE stream = mark.stream AND partition = mark.partition
                  AND sequence >= lower(gap) AND sequence < coalesce(upper(gap), 9223372036854775807)
                OFFSET 0) i
            """;

    /** The marks of everything that was ever received, also of what has no stored one yet. */
    private static final String EVERY_MARK = """
            RECURSIVE received AS (
                (SELECT stream, partition FROM inbox ORDER BY stream, partition LIMIT 1)
                UNION ALL
                SELECT next.stream, next.partition FROM received r CROSS JOIN LATERAL (
                    SELECT stream, partition FROM inbox
                    WHERE (stream, partition) > (r.stream, r.partition) ORDER BY stream, partition LIMIT 1) next
            ), mark AS (
                SELECT stream, partition, coalesce(applied, %s) AS applied
                FROM received FULL JOIN stream_mark USING (stream, partition)
            )
            """.formatted(NOTHING_APPLIED);

    private final Database database;

    @Inject
    public PostgresWatermarks(Database database) {
        this.database = database;
    }

    @Override
    public long contiguous(String stream, int partition) {
        return database.query(
                        """
                        WITH mark AS (
                            SELECT p.stream, p.partition, coalesce(m.applied, %s) AS applied
                            FROM (VALUES (?, ?::smallint)) AS p (stream, partition)
                            LEFT JOIN stream_mark m USING (stream, partition)
                        )
                        SELECT lower('{[0,)}'::int8multirange - CASE
                            -- nothing else moves it on
                            WHEN EXISTS (SELECT FROM inbox i WHERE i.stream = mark.stream AND i.partition = mark.partition
                                           AND i.sequence = lower('{[0,)}'::int8multirange - mark.applied))
                            THEN mark.applied + (%s) ELSE mark.applied END) - 1
                        FROM mark
                        """.formatted(NOTHING_APPLIED, FRESH),
                        p -> p.text(1, stream).integer(2, partition),
                        row -> row.getLong(1))
                .getFirst();
    }

    @Override
    public List<AppliedPosition> applied(Collection<String> streams) {
        return database.query(
                """
                WITH mark AS (
                    SELECT p.stream, p.partition, coalesce(m.applied, %s) AS applied, m.stream IS NOT NULL AS stored
                    FROM (SELECT stream, partition::smallint
                          FROM unnest(?::text[]) AS s (stream) CROSS JOIN generate_series(0, ?) AS partition) p
                    LEFT JOIN stream_mark m ON m.stream = p.stream AND m.partition = p.partition
                )
                SELECT stream, partition, mark.applied + coalesce(fresh.applied, '{}')
                FROM mark CROSS JOIN LATERAL (%s) fresh
                WHERE stored OR fresh.applied IS NOT NULL
                ORDER BY stream, partition
                """.formatted(NOTHING_APPLIED, FRESH),
                p -> p.texts(1, List.copyOf(streams)).integer(2, Partitions.COUNT - 1),
                PostgresWatermarks::position);
    }

    @Override
    public List<AppliedPosition> applied() {
        return database.query("""
                WITH %s
                SELECT stream, partition, mark.applied + coalesce(fresh.applied, '{}')
                FROM mark CROSS JOIN LATERAL (%s) fresh
                ORDER BY stream, partition
                """.formatted(EVERY_MARK, FRESH), Database.Binder.NOTHING, PostgresWatermarks::position);
    }

    private static AppliedPosition position(ResultSet row) throws SQLException {
        return AppliedPosition.of(row.getString(1), row.getInt(2), NumberRanges.parse(row.getString(3)));
    }

    /** Moves the stored marks up to what is applied. */
    void advance() {
        database.update("""
                INSERT INTO stream_mark (stream, partition, applied)
                WITH %s
                SELECT stream, partition, mark.applied + fresh.applied
                FROM mark CROSS JOIN LATERAL (%s) fresh
                WHERE fresh.applied IS NOT NULL
                ORDER BY stream, partition
                -- another replica may know of some that this one does not see yet
                ON CONFLICT (stream, partition) DO UPDATE SET applied = stream_mark.applied + excluded.applied
                """.formatted(EVERY_MARK, FRESH), Database.Binder.NOTHING);
    }
}
