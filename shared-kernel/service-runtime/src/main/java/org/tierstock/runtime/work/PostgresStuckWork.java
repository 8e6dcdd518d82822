package org.tierstock.runtime.work;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;

/** What is stuck, in PostgreSQL. What other replicas set aside is seen within a second by whoever does the work. */
@ApplicationScoped
public class PostgresStuckWork implements StuckWork {
    private static final long KNOWN_FOR_NANOS = 1_000_000_000;
    private static final int MAX_REASON = 1_000;

    /** @param extent of all that is set aside, held or not */
    private record Known(Map<String, SetAside> bySubject, Extent extent, long readAt) {
        boolean complete() {
            return bySubject.size() == extent.count();
        }
    }

    private final Database database;
    private final Database reads;
    private final int firstSeconds;
    private final int longestSeconds;
    private final int most;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /** By work, as seen last; of those that this replica does or would do. */
    private final Map<String, Extent> seen = new ConcurrentHashMap<>();

    /**
     * Takes its bounds.
     *
     * @param firstSeconds how long a subject is left alone at first; twice as long each time after
     * @param longestSeconds how long at most
     * @param most how many subjects of a work are held, some hundred bytes each; the others are asked for, and counted
     */
    @Inject
    public PostgresStuckWork(
            Database database,
            @Reads Database reads,
            @ConfigProperty(name = "tierstock.stuck.first-seconds", defaultValue = "1") int firstSeconds,
            @ConfigProperty(name = "tierstock.stuck.longest-seconds", defaultValue = "60") int longestSeconds,
            @ConfigProperty(name = "tierstock.stuck.most", defaultValue = "10000") int most) {
        this.database = database;
        this.reads = reads;
        this.firstSeconds = firstSeconds;
        this.longestSeconds = longestSeconds;
        this.most = most;
    }

    /** For the container's proxy. */
    protected PostgresStuckWork() {
        this(null, null, 0, 0, 0);
    }

    @Override
    public Map<String, SetAside> of(String work) {
        return known(work).bySubject();
    }

    @Override
    public Map<String, SetAside> of(String work, Collection<String> subjects) {
        if (known(work).complete()) {
            return StuckWork.super.of(work, subjects);
        }
        return bySubject(
                database.query("""
                SELECT work, subject, reason, since, tries, retry_after > now() AS waits
                FROM stuck_work WHERE work = ? AND subject = ANY (?)
                """, p -> p.text(1, work).texts(2, List.copyOf(subjects)), PostgresStuckWork::setAside));
    }

    @Override
    public Optional<Extent> extent(String work) {
        return Optional.ofNullable(seen.get(work));
    }

    /** Sees how much is set aside, also by other replicas, and of works that this one leaves to them. */
    @Scheduled(
            every = "${tierstock.obligations.every:15s}",
            identity = "stuck-work",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void watch() {
        reads.query(
                        """
                        SELECT w.work, s.count, s.since FROM unnest(?::text[]) AS w (work)
                        CROSS JOIN LATERAL (
                            SELECT count(*) AS count, min(since) AS since FROM stuck_work WHERE work = w.work) s
                        """,
                        p -> p.texts(1, List.copyOf(seen.keySet())),
                        row -> Map.entry(row.getString("work"), extentOf(row)))
                .forEach(work -> seen.put(work.getKey(), work.getValue()));
    }

    private Known known(String work) {
        Known last = known.get(work);
        return last == null || System.nanoTime() - last.readAt() > KNOWN_FOR_NANOS ? read(work) : last;
    }

    @Override
    public Map<String, SetAside> look(String work) {
        return read(work).bySubject();
    }

    private Known read(String work) {
        List<SetAside> held = database.query("""
                SELECT work, subject, reason, since, tries, retry_after > now() AS waits
                FROM stuck_work WHERE work = ? ORDER BY subject LIMIT ?
                """, p -> p.text(1, work).integer(2, most), PostgresStuckWork::setAside);
        Extent extent = held.size() < most ? Extent.of(held) : counted(work);
        Known now = new Known(bySubject(held), extent, System.nanoTime());
        known.put(work, now);
        seen.put(work, extent);
        return now;
    }

    private Extent counted(String work) {
        return database.query(
                        "SELECT count(*) AS count, min(since) AS since FROM stuck_work WHERE work = ?",
                        p -> p.text(1, work),
                        PostgresStuckWork::extentOf)
                .getFirst();
    }

    private static Extent extentOf(ResultSet row) throws SQLException {
        Timestamp since = row.getTimestamp("since");
        return new Extent(row.getLong("count"), since == null ? null : since.toInstant());
    }

    private static Map<String, SetAside> bySubject(List<SetAside> found) {
        Map<String, SetAside> bySubject = new HashMap<>();
        found.forEach(one -> bySubject.put(one.subject(), one));
        return Collections.unmodifiableMap(bySubject);
    }

    /** A page of all that is stuck, by work and subject. */
    public Page<SetAside> page(Cursor after, Limit limit) {
        List<SetAside> rows = reads.query(
                """
                SELECT work, subject, reason, since, tries, retry_after > now() AS waits
                FROM stuck_work WHERE (work, subject) > (?, ?) ORDER BY work, subject LIMIT ?
                """,
                p -> p.text(1, after == null ? "" : after.part(0))
                        .text(2, after == null ? "" : after.part(1))
                        .integer(3, limit.plusOne()),
                PostgresStuckWork::setAside);
        return Page.of(rows, limit, last -> Cursor.of(last.work(), last.subject()));
    }

    private static SetAside setAside(ResultSet row) throws SQLException {
        return new SetAside(
                row.getString("work"),
                row.getString("subject"),
                row.getString("reason"),
                row.getTimestamp("since").toInstant(),
                row.getInt("tries"),
                row.getBoolean("waits"));
    }

    @Override
    public void setAside(String work, String subject, String reason) {
        String shortReason = reason.replace('\0', ' ').substring(0, Math.min(reason.length(), MAX_REASON));
        database.updateExactly(
                1,
                """
                INSERT INTO stuck_work (work, subject, reason, retry_after)
                VALUES (?, ?, ?, now() + make_interval(secs => least(?, ?)))
                ON CONFLICT (work, subject) DO UPDATE
                SET reason = excluded.reason, tries = stuck_work.tries + 1, due_at = now(),
                    retry_after = now() + make_interval(secs => least(? * power(2, least(stuck_work.tries, 20)), ?))
                """,
                p -> p.text(1, work)
                        .text(2, subject)
                        .text(3, shortReason)
                        .integer(4, firstSeconds)
                        .integer(5, longestSeconds)
                        .integer(6, firstSeconds)
                        .integer(7, longestSeconds));
        known.remove(work);
    }

    @Override
    public void due(String work, Collection<String> subjects) {
        List<String> found = List.copyOf(subjects);
        int forgotten = database.update(
                """
                WITH still AS (
                    UPDATE stuck_work SET due_at = now()
                    WHERE work = ? AND subject = ANY (?) AND due_at < now() - make_interval(secs => ? / 2.0)
                )
                DELETE FROM stuck_work
                WHERE work = ? AND subject <> ALL (?) AND due_at < now() - make_interval(secs => ? * 2)
                """,
                p -> p.text(1, work)
                        .texts(2, found)
                        .integer(3, longestSeconds)
                        .text(4, work)
                        .texts(5, found)
                        .integer(6, longestSeconds));
        if (forgotten > 0) {
            known.remove(work);
        }
    }

    @Override
    public void done(String work, Collection<String> subjects) {
        database.update(
                "DELETE FROM stuck_work WHERE work = ? AND subject = ANY (?)",
                p -> p.text(1, work).texts(2, List.copyOf(subjects)));
        known.remove(work);
    }
}
