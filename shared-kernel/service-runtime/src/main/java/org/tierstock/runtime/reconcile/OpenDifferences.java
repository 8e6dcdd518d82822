package org.tierstock.runtime.reconcile;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.tierstock.runtime.check.Part;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;

/** Differences from the reconciliation that finds them first to the one that no longer does, and a report of them each day. */
@ApplicationScoped
public class OpenDifferences {
    /** The most differences that one report lists. */
    static final int MAX_REPORTED = 1_000;

    private static final Logger LOG = Logger.getLogger(OpenDifferences.class);

    private static final String COLUMNS = """
            SELECT scope, key, here, there, first_seen_at, first_seen_in, last_seen_at, last_seen_in,
                   (extract(epoch FROM first_seen_at) * 1000000)::bigint
            """;

    private record Row(OpenDifference difference, long firstSeenMicros) {}

    private record Open(long count, long oldestSeconds) {}

    private final Database database;
    private final Database reads;

    @Inject
    OpenDifferences(Database database, @Reads Database reads) {
        this.database = database;
        this.reads = reads;
    }

    /** For the container's proxy. */
    protected OpenDifferences() {
        this(null, null);
    }

    /** Takes over what a reconciliation of a part has found; what it does not find there any more is no longer open. */
    @Transactional
    public void found(String number, Part part, Compared result) {
        List<Comparison.Difference> differences = result.differences();
        if (differences.size() == result.differenceCount()) {
            close(part, differences);
        }
        database.update(
                """
                INSERT INTO open_difference (scope, key, here, there, first_seen_in, last_seen_in)
                SELECT scope, key, here, there, ?, ?
                FROM unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[]) AS d (scope, key, here, there)
                ORDER BY scope, key
                ON CONFLICT (scope, key) DO UPDATE
                SET here = excluded.here, there = excluded.there, last_seen_at = now(), last_seen_in = excluded.last_seen_in
                """,
                p -> p.text(1, number)
                        .text(2, number)
                        .texts(3, differences, Comparison.Difference::scope)
                        .texts(4, differences, Comparison.Difference::key)
                        .longs(5, differences, Comparison.Difference::here)
                        .longs(6, differences, Comparison.Difference::there));
    }

    /** Only where all that was found is listed: of a thousand more nobody would know. */
    private void close(Part part, List<Comparison.Difference> differences) {
        database.update(
                """
                DELETE FROM open_difference o
                WHERE (?::text IS NULL OR split_part(o.scope, ' ', 1) = ?)
                  -- a SKU is the last part of its keys
                  AND (?::text IS NULL OR right(o.key, length(?) + 1) = '/' || ?)
                  AND NOT EXISTS (SELECT FROM unnest(?::text[], ?::text[]) AS d (scope, key)
                                  WHERE d.scope = o.scope AND d.key = o.key)
                """,
                p -> p.text(1, part.warehouse())
                        .text(2, part.warehouse())
                        .text(3, part.sku())
                        .text(4, part.sku())
                        .text(5, part.sku())
                        .texts(6, differences, Comparison.Difference::scope)
                        .texts(7, differences, Comparison.Difference::key));
    }

    private Open count() {
        return database.query("""
                        SELECT count(*), coalesce(extract(epoch FROM now() - min(first_seen_at)), 0)::bigint
                        FROM open_difference
                        """, Database.Binder.NOTHING, row -> new Open(row.getLong(1), row.getLong(2)))
                .getFirst();
    }

    /** A page, oldest first. */
    Page<OpenDifference> page(Cursor after, Limit limit) {
        List<Row> rows = reads.query(
                COLUMNS + """
                        FROM open_difference
                        WHERE (first_seen_at, scope, key) > (to_timestamp(?::bigint / 1000000.0), ?, ?)
                        ORDER BY first_seen_at, scope, key LIMIT ?
                        """,
                p -> p.number(1, after == null ? 0 : after.number(0))
                        .text(2, after == null ? "" : after.part(1))
                        .text(3, after == null ? "" : after.part(2))
                        .integer(4, limit.plusOne()),
                OpenDifferences::row);
        return Page.of(
                        rows,
                        limit,
                        last -> Cursor.of(
                                last.firstSeenMicros(),
                                last.difference().scope(),
                                last.difference().key()))
                .map(Row::difference);
    }

    /** A page of daily reports without their differences, newest first. */
    Page<DifferenceReport> reports(Cursor after, Limit limit) {
        List<DifferenceReport> rows = reads.query(
                "SELECT day, made_at, open_count FROM difference_report WHERE day < ?::date ORDER BY day DESC LIMIT ?",
                p -> p.text(1, after == null ? "infinity" : after.part(0)).integer(2, limit.plusOne()),
                row -> report(row, null));
        return Page.of(rows, limit, last -> Cursor.of(last.day()));
    }

    /** The report of a day. */
    Optional<DifferenceReport> report(LocalDate day) {
        List<OpenDifference> differences =
                reads.query(COLUMNS + """
                                FROM difference_report_line WHERE day = ?::date ORDER BY first_seen_at, scope, key
                                """, p -> p.text(1, day.toString()), OpenDifferences::row).stream()
                        .map(Row::difference)
                        .toList();
        return reads.queryOne(
                "SELECT day, made_at, open_count FROM difference_report WHERE day = ?::date",
                p -> p.text(1, day.toString()),
                row -> report(row, differences));
    }

    private static DifferenceReport report(ResultSet row, List<OpenDifference> differences) throws SQLException {
        return new DifferenceReport(
                row.getDate(1).toLocalDate(), row.getTimestamp(2).toInstant(), row.getLong(3), differences);
    }

    /** Makes the report of the day, once; whichever replica comes first. */
    @Scheduled(
            every = "10m",
            delayed = "10s",
            identity = "difference-report",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Transactional
    public void makeReport() {
        Open now = count();
        boolean first = database.update("""
                        INSERT INTO difference_report (day, open_count) VALUES ((now() AT TIME ZONE 'UTC')::date, ?)
                        ON CONFLICT (day) DO NOTHING -- another replica has made it
                        """, p -> p.number(1, now.count())) == 1;
        if (!first) {
            return;
        }
        database.update("""
                INSERT INTO difference_report_line
                SELECT (now() AT TIME ZONE 'UTC')::date, scope, key, here, there, first_seen_at, first_seen_in, last_seen_at,
                       last_seen_in
                FROM open_difference ORDER BY first_seen_at, scope, key LIMIT ?
                """, p -> p.integer(1, MAX_REPORTED));
        if (now.count() > 0) {
            LOG.warnf(
                    "%d differences with the other layer are open, the oldest for %d s: see /v1/differences",
                    now.count(), now.oldestSeconds());
        }
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                new OpenDifference(
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getTimestamp(5).toInstant(),
                        row.getString(6),
                        row.getTimestamp(7).toInstant(),
                        row.getString(8)),
                row.getLong(9));
    }
}
