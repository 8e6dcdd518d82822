package org.tierstock.runtime.check;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.tierstock.runtime.documents.DocumentNumbers;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;

/** The runs in the database. One of a kind runs at a time: a unique index decides that between replicas. */
@ApplicationScoped
public class CheckRuns {
    /** A run whose replica has not been heard of for so many seconds has failed. */
    static final int SILENCE_SECONDS = 30;

    /** What is said of a run whose replica is gone. */
    private static final String SILENT = "Its replica was not heard of any more";

    /** A run that nobody is heard of any more has failed, whether or not anybody has written that yet. */
    private static final String RUNS = """
            SELECT run_id, number, warehouse, sku, asked_by, asked_at, compared,
                   CASE WHEN silent THEN 'FAILED' ELSE state END AS state,
                   CASE WHEN silent THEN seen_at + make_interval(secs => %1$d) ELSE finished_at END AS finished_at,
                   CASE WHEN silent THEN '%2$s' ELSE failure END AS failure
            FROM (SELECT *, state = 'RUNNING' AND seen_at < now() - make_interval(secs => %1$d) AS silent
                  FROM check_run) run""".formatted(SILENCE_SECONDS, SILENT);

    /**
     * A run that was asked for.
     *
     * @param begun false when it was running already
     */
    record Asked(CheckRun run, boolean begun) {}

    private final Database database;
    private final Database reads;
    private final DocumentNumbers numbers;

    @Inject
    public CheckRuns(Database database, @Reads Database reads, DocumentNumbers numbers) {
        this.database = database;
        this.reads = reads;
        this.numbers = numbers;
    }

    /** For the container's proxy. */
    protected CheckRuns() {
        this(null, null, null);
    }

    /** Begins a run, or answers the one that is running. */
    @Transactional
    Asked ask(Check.Kind kind, Part part, String askedBy) {
        failSilent(kind);
        while (true) {
            Optional<CheckRun> running = running(kind);
            if (running.isPresent()) {
                return new Asked(running.get(), false);
            }
            String number = numbers.next(kind.document(), 1).getFirst();
            if (begin(number, kind, part, askedBy)) {
                return new Asked(find(database, kind, number).orElseThrow(), true);
            }
            // Another one has begun meanwhile, and may have ended as well before it is looked for.
        }
    }

    /** False when another one of that kind runs. */
    private boolean begin(String number, Check.Kind kind, Part part, String askedBy) {
        return database.update(
                        """
                        INSERT INTO check_run (number, kind, warehouse, sku, asked_by) VALUES (?, ?, ?, ?, ?)
                        ON CONFLICT (kind) WHERE state = 'RUNNING' DO NOTHING
                        """,
                        p -> p.text(1, number)
                                .text(2, kind.name())
                                .text(3, part.warehouse())
                                .text(4, part.sku())
                                .text(5, askedBy))
                == 1;
    }

    private Optional<CheckRun> running(Check.Kind kind) {
        return database.queryOne(
                RUNS + " WHERE kind = ? AND state = 'RUNNING'", p -> p.text(1, kind.name()), CheckRuns::run);
    }

    /**
     * Whether everything has been compared within that time, by whichever replica. One that has failed does not count: another
     * replica may reach whom it did not.
     */
    @Transactional
    public boolean isDoneWithin(Check.Kind kind, Duration time) {
        return database.queryOne("""
                        SELECT true FROM check_run
                        WHERE finished_at > now() - make_interval(secs => ?) AND kind = ? AND state = 'DONE'
                          AND warehouse IS NULL AND sku IS NULL LIMIT 1
                        """, p -> p.number(1, time.toSeconds()).text(2, kind.name()), row -> row.getBoolean(1))
                .isPresent();
    }

    /** Whoever works on a run says so every few seconds. A replica that was killed does not. */
    private void failSilent(Check.Kind kind) {
        database.update(
                """
                UPDATE check_run
                SET state = 'FAILED', finished_at = seen_at + make_interval(secs => ?), failure = ?
                WHERE kind = ? AND state = 'RUNNING' AND seen_at < now() - make_interval(secs => ?)
                """,
                p -> p.integer(1, SILENCE_SECONDS)
                        .text(2, SILENT)
                        .text(3, kind.name())
                        .integer(4, SILENCE_SECONDS));
    }

    /** Says that a run goes on; false when it counts as failed meanwhile. */
    @Transactional
    boolean seen(String number, long compared) {
        return database.update(
                        "UPDATE check_run SET seen_at = now(), compared = ? WHERE number = ? AND state = 'RUNNING'",
                        p -> p.number(1, compared).text(2, number))
                == 1;
    }

    /**
     * Ends a run with its result, in one transaction.
     *
     * @throws IllegalStateException when it counts as failed meanwhile
     */
    @Transactional
    void done(String number, long compared, Check.Result result) {
        database.updateExactly(1, """
                UPDATE check_run SET state = 'DONE', finished_at = now(), compared = ?
                -- another replica may have taken it for dead
                WHERE number = ? AND state = 'RUNNING'
                """, p -> p.number(1, compared).text(2, number));
        result.store(number);
    }

    /** Ends a run without a result. */
    @Transactional
    void failed(String number, String failure) {
        database.update("""
                UPDATE check_run SET state = 'FAILED', finished_at = now(), failure = ?
                WHERE number = ? AND state = 'RUNNING'
                """, p -> p.text(1, failure).text(2, number));
    }

    /** The run of that number, as it is now, for whoever only looks. */
    public Optional<CheckRun> find(Check.Kind kind, String number) {
        return find(reads, kind, number);
    }

    private static Optional<CheckRun> find(Database asked, Check.Kind kind, String number) {
        return asked.queryOne(
                RUNS + " WHERE kind = ? AND number = ?",
                p -> p.text(1, kind.name()).text(2, number),
                CheckRuns::run);
    }

    /** A page of runs, newest first. */
    public Page<CheckRun> page(Check.Kind kind, Cursor after, Limit limit) {
        List<CheckRun> runs = reads.query(
                RUNS + " WHERE kind = ? AND run_id < ? ORDER BY run_id DESC LIMIT ?",
                p -> p.text(1, kind.name())
                        .number(2, after == null ? Long.MAX_VALUE : after.number(0))
                        .integer(3, limit.plusOne()),
                CheckRuns::run);
        return Page.of(runs, limit, last -> Cursor.of(last.id()));
    }

    private static CheckRun run(ResultSet row) throws SQLException {
        Timestamp finishedAt = row.getTimestamp("finished_at");
        return new CheckRun(
                row.getLong("run_id"),
                row.getString("number"),
                CheckRun.State.valueOf(row.getString("state")),
                new Part(row.getString("warehouse"), row.getString("sku")),
                row.getString("asked_by"),
                row.getTimestamp("asked_at").toInstant(),
                finishedAt == null ? null : finishedAt.toInstant(),
                row.getLong("compared"),
                row.getString("failure"));
    }
}
