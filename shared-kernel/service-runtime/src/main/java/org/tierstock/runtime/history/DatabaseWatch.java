package org.tierstock.runtime.history;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.tierstock.runtime.exchange.CommittedJournal;
import org.tierstock.runtime.exchange.CommittedJournal.Commit;
import org.tierstock.runtime.exchange.CommittedJournal.Known;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.fence.Fence;
import org.tierstock.runtime.sql.Database;

/**
 * Compares, every second, what this replica has seen committed with what its database knows. A database that lacks some of it
 * has fallen back under the running replica, as one that failed over to a lagging standby has: the fence closes, and it is noted
 * as set back. After every failover the fence closes, until all replicas have compared themselves with the new server: only the
 * one that missed something knows. While the comparison holds, an open replica says so in a row of its own, which is proof
 * enough for one that starts.
 */
@ApplicationScoped
public class DatabaseWatch {
    static final String FAILED_OVER =
            "The database is another server's than before: whether it has all that was committed is being compared.";

    private static final Logger LOG = Logger.getLogger(DatabaseWatch.class);

    /** A replica that has not been seen for longer proves nothing, and is not waited for. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    /** What the database says of itself, and the row of this replica, if all is well. */
    private static final String LOOK = """
            WITH found AS (
                SELECT i.epoch, %s AS line, j.number, (extract(epoch FROM j.written_at) * 1000000)::bigint AS at,
                       EXISTS (SELECT FROM restoration WHERE state <> 'CLOSED') AS restored, %s AS missing
                FROM installation i
                LEFT JOIN LATERAL (SELECT number, written_at FROM journal ORDER BY number DESC LIMIT 1) j ON true
            ), proof AS (
                INSERT INTO open_replica AS r (owner, epoch, line)
                SELECT ?::uuid, epoch, line FROM found
                WHERE missing IS NULL AND (NOT ? OR epoch = ? AND (line = ? OR '' IN (line, ?)) AND NOT restored)
                ON CONFLICT (owner) DO UPDATE
                SET epoch = excluded.epoch, line = excluded.line, seen_at = now(),
                    beats = r.beats + CASE WHEN ? THEN 1 ELSE 0 END
                WHERE ? OR excluded.line <> r.line OR r.seen_at < now() - interval '500 ms'
            )
            SELECT epoch, line, coalesce(number, 0), coalesce(at, 0), restored, missing FROM found
            """.formatted(CommittedJournal.LINE, CommittedJournal.MISSING);

    private record Found(CommittedJournal.Found database, Commit last, boolean restored) {}

    /**
     * What a closed replica has found.
     *
     * @param missed why the database was set back, judged by what this replica has seen; empty when it has all of that
     * @param line which server's it is
     * @param failedOver whether it is another one than this replica worked on
     * @param byAll whether every replica that was there before a failover has compared itself too
     */
    record Looked(Optional<String> missed, String line, boolean failedOver, boolean byAll) {
        /** Nothing is lost: whoever could have seen it committed has compared itself. */
        boolean provesAll() {
            return missed.isEmpty() && failedOver && byAll;
        }
    }

    private final Database database;
    private final Installation installation;
    private final CommittedJournal committed;
    private final RestorationRows restorations;
    private final Fence fence;
    private final UUID owner = UUID.randomUUID();

    @Inject
    public DatabaseWatch(
            Database database,
            Installation installation,
            CommittedJournal committed,
            RestorationRows restorations,
            Fence fence) {
        this.database = database;
        this.installation = installation;
        this.committed = committed;
        this.restorations = restorations;
        this.fence = fence;
    }

    /** For the container's proxy. */
    protected DatabaseWatch() {
        this(null, null, null, null, null);
    }

    @Scheduled(
            every = "${tierstock.fence.check-every:1s}",
            identity = "database-watch",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        if (fence.isOpen()) {
            check();
        }
    }

    /** Compares once, and closes the fence when the database lacks something, is another server's or has another epoch. */
    void check() {
        Known known = committed.known();
        Found found = found(known, true);
        String missed = known.missedBy(found.database());
        if (missed != null) {
            LOG.errorf("The database has fallen back under this replica: %s", missed);
            fence.close("The database has fallen back: " + missed + ".");
            restorations.detect(missed, found.database().epoch());
        } else if (found.restored()) {
            fence.setBack("This database was set back to a backup: see /v1/restorations.");
        } else if (known.failedOver(found.database())) {
            LOG.warnf(
                    "The database failed over, from line %s to %s",
                    known.line(), found.database().line());
            fence.close(FAILED_OVER);
        } else {
            long epoch = found.database().epoch();
            committed.seen(epoch, found.last());
            if (installation.epoch() != epoch) {
                // A repair has begun another one while this replica was away: its messages would be dropped.
                LOG.warnf("This replica worked in epoch %d, the database is in %d", installation.epoch(), epoch);
                fence.close("The database is in another epoch than this replica was.");
                installation.readAgain();
            }
        }
    }

    private Found found(Known known, boolean open) {
        return database.query(
                        LOOK,
                        p -> p.longs(1, known.commits(), Commit::number)
                                .longs(2, known.commits(), Commit::at)
                                .text(3, owner.toString())
                                .flag(4, open)
                                .number(5, known.epoch())
                                .text(6, known.line())
                                .text(7, known.line())
                                .flag(8, open)
                                .flag(9, open),
                        row -> new Found(
                                new CommittedJournal.Found(
                                        row.getLong(1), row.getString(2), row.getLong(3), row.getObject(6, Long.class)),
                                new Commit(row.getLong(3), row.getLong(4)),
                                row.getBoolean(5)))
                .getFirst();
    }

    /** Compares while the fence is closed, and lets the other replicas know that it has. */
    Looked compare() {
        installation.readAgain();
        Known known = committed.known();
        Found found = found(known, false);
        boolean byAll = database.query(
                        """
                        SELECT NOT EXISTS (
                            SELECT FROM open_replica WHERE owner <> ?::uuid AND line <> l.line
                              AND seen_at > (SELECT max(seen_at) FROM open_replica r WHERE r.line <> l.line)
                                            - make_interval(secs => ?))
                        FROM (VALUES (?)) AS l (line)
                        """,
                        p -> p.text(1, owner.toString())
                                .number(2, FRESH.toSeconds())
                                .text(3, found.database().line()),
                        row -> row.getBoolean(1))
                .getFirst();
        return new Looked(
                Optional.ofNullable(known.missedBy(found.database())),
                found.database().line(),
                known.failedOver(found.database()),
                byAll);
    }

    /** Replicas that are open and have compared themselves with this database lately, each with a count of how often. */
    Map<String, Long> proofs() {
        Map<String, Long> proofs = new HashMap<>();
        database.query(
                """
                SELECT owner, beats FROM open_replica r JOIN installation USING (epoch)
                WHERE seen_at > now() - make_interval(secs => ?) AND owner <> ?::uuid AND line = %s
                """.formatted(CommittedJournal.LINE),
                p -> p.number(1, FRESH.toSeconds()).text(2, owner.toString()),
                row -> proofs.put(row.getString(1), row.getLong(2)));
        return proofs;
    }

    /** This replica opens on that line. Those that are long gone, or were lost with the server before, are forgotten. */
    void opensOn(String line) {
        database.update(
                "DELETE FROM open_replica WHERE seen_at < now() - interval '1 hour' OR line <> ?",
                p -> p.text(1, line));
        committed.worksOn(line);
    }
}
