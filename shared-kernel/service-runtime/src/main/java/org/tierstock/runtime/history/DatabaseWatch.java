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
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.fence.Fence;
import org.tierstock.runtime.sql.Database;

/**
 * Compares, every second, what this replica has seen committed with what its database knows. A database that knows less has
 * fallen back under the running replica, as one that failed over to a lagging standby has: the fence closes. While it holds,
 * the replica says so in a row of its own, which is proof enough for one that starts.
 */
@ApplicationScoped
public class DatabaseWatch {
    private static final Logger LOG = Logger.getLogger(DatabaseWatch.class);

    /** A replica that has not been seen for longer proves nothing. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    /** What the database says of itself. */
    private record Found(long epoch, long journal, boolean restored) {}

    private final Database database;
    private final Installation installation;
    private final CommittedJournal committed;
    private final Fence fence;
    private final UUID owner = UUID.randomUUID();

    @Inject
    public DatabaseWatch(Database database, Installation installation, CommittedJournal committed, Fence fence) {
        this.database = database;
        this.installation = installation;
        this.committed = committed;
        this.fence = fence;
    }

    /** For the container's proxy. */
    protected DatabaseWatch() {
        this(null, null, null, null);
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

    /** Compares once, and closes the fence when the database lacks something or has another epoch. */
    void check() {
        CommittedJournal.Known known = committed.known();
        Found found = database.query(
                        """
                        WITH found AS (
                            SELECT i.epoch, (SELECT coalesce(max(number), 0) FROM journal) AS journal,
                                   EXISTS (SELECT FROM restoration WHERE state <> 'CLOSED') AS restored
                            FROM installation i
                        ), proof AS (
                            INSERT INTO open_replica AS r (owner, epoch)
                            SELECT ?::uuid, epoch FROM found WHERE epoch = ? AND journal >= ? AND NOT restored
                            ON CONFLICT (owner) DO UPDATE
                            SET epoch = excluded.epoch, beats = r.beats + 1, seen_at = now()
                        )
                        SELECT epoch, journal, restored FROM found
                        """,
                        p -> p.text(1, owner.toString())
                                .number(2, known.epoch())
                                .number(3, known.journal()),
                        row -> new Found(row.getLong(1), row.getLong(2), row.getBoolean(3)))
                .getFirst();
        String missed = known.missedBy(found.epoch(), found.journal());
        if (missed != null) {
            LOG.errorf("The database has fallen back under this replica: %s", missed);
            fence.close("The database has fallen back: " + missed + ".");
        } else if (found.restored()) {
            fence.close("This database was set back to a backup: see /v1/restorations.");
        } else {
            committed.seen(found.epoch(), found.journal());
            if (installation.epoch() != found.epoch()) {
                // A repair has begun another one while this replica was away: its messages would be dropped.
                LOG.warnf(
                        "This replica worked in epoch %d, the database is in %d", installation.epoch(), found.epoch());
                fence.close("The database is in another epoch than this replica was.");
                installation.readAgain();
            }
        }
    }

    /** Why the database is one that was set back, judged by what this replica has seen; empty when it knows all of that. */
    Optional<String> missed() {
        CommittedJournal.Known known = committed.known();
        installation.readAgain();
        return Optional.ofNullable(known.missedBy(installation.epoch(), installation.journal()));
    }

    /** Replicas that are open and have compared themselves with this database lately, each with a count of how often. */
    Map<String, Long> proofs() {
        Map<String, Long> proofs = new HashMap<>();
        database.query(
                """
                SELECT owner, beats FROM open_replica r JOIN installation USING (epoch)
                WHERE seen_at > now() - make_interval(secs => ?) AND owner <> ?::uuid
                """,
                p -> p.number(1, FRESH.toSeconds()).text(2, owner.toString()),
                row -> proofs.put(row.getString(1), row.getLong(2)));
        return proofs;
    }

    /** Forgets replicas that are long gone. */
    void forget() {
        database.update("DELETE FROM open_replica WHERE seen_at < now() - interval '1 hour'", Database.Binder.NOTHING);
    }
}
