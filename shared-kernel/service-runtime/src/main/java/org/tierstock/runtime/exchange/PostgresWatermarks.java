package org.tierstock.runtime.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import org.tierstock.runtime.sql.Database;

/** Reads the watermarks from the inbox, beginning at the stored marks, which {@link MarkJob} moves forward. */
@ApplicationScoped
public class PostgresWatermarks implements Watermarks {
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
                            SELECT coalesce((SELECT contiguous FROM stream_mark WHERE stream = ? AND partition = ?), 0)
                                   AS contiguous
                        ), run AS (
                            SELECT sequence, sequence - row_number() OVER (ORDER BY sequence) AS island
                            FROM inbox
                            WHERE stream = ? AND partition = ? AND sequence > (SELECT contiguous FROM mark)
                        )
                        SELECT coalesce((SELECT max(sequence) FROM run WHERE island = (SELECT contiguous FROM mark)),
                                        (SELECT contiguous FROM mark))
                        """,
                        p -> p.text(1, stream)
                                .integer(2, partition)
                                .text(3, stream)
                                .integer(4, partition),
                        row -> row.getLong(1))
                .getFirst();
    }

    @Override
    public List<AppliedPosition> applied(String streamPrefix) {
        return database.query(
                """
                WITH known AS (
                    SELECT stream, partition, contiguous FROM stream_mark WHERE starts_with(stream, ?)
                    UNION ALL
                    SELECT DISTINCT stream, partition, 0 FROM inbox i
                    WHERE starts_with(stream, ?)
                      AND NOT EXISTS (SELECT FROM stream_mark m WHERE m.stream = i.stream AND m.partition = i.partition)
                ), run AS (
                    SELECT k.stream, k.partition, k.contiguous AS mark, i.sequence,
                           i.sequence - row_number() OVER (PARTITION BY k.stream, k.partition ORDER BY i.sequence)
                           AS island
                    FROM known k LEFT JOIN inbox i
                      ON i.stream = k.stream AND i.partition = k.partition AND i.sequence > k.contiguous
                )
                SELECT stream, partition, coalesce(max(sequence) FILTER (WHERE island = mark), mark),
                       coalesce(array_agg(sequence ORDER BY sequence) FILTER (WHERE island > mark), '{}')
                FROM run GROUP BY stream, partition, mark ORDER BY stream, partition
                """,
                p -> p.text(1, streamPrefix).text(2, streamPrefix),
                row -> new AppliedPosition(row.getString(1), row.getInt(2), row.getLong(3), Arrays.asList((Long[])
                        row.getArray(4).getArray())));
    }

    /** Moves the stored marks up to what is contiguously applied. */
    void advance() {
        List<AppliedPosition> positions = applied("");
        database.update(
                """
                INSERT INTO stream_mark (stream, partition, contiguous)
                SELECT * FROM unnest(?::text[], ?::smallint[], ?::bigint[])
                ON CONFLICT (stream, partition) DO UPDATE SET contiguous = excluded.contiguous
                WHERE stream_mark.contiguous < excluded.contiguous
                """,
                p -> p.texts(1, positions, AppliedPosition::stream)
                        .longs(2, positions, AppliedPosition::partition)
                        .longs(3, positions, AppliedPosition::contiguous));
    }
}
