package org.tierstock.runtime.work;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.tierstock.movements.Partitions;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;

/**
 * Which partitions of a kind of work this replica does. A lease only spares the others the same work: everything done
 * under one may be done twice.
 *
 * <p>The replicas that can do a work share its partitions evenly. One that dies loses its leases after {@link #SECONDS}; one
 * that lives but cannot do the work, since it does not reach whom it needs, gives them back to those that can.
 */
@ApplicationScoped
public class Leases {
    /** How long a lease holds without being renewed. */
    static final int SECONDS = 5;

    /** What is told of a failure, in characters. */
    private static final int LONGEST_FAILURE = 500;

    private final Database database;
    private final Database reads;
    private final String owner = UUID.randomUUID().toString();

    @Inject
    public Leases(Database database, @Reads Database reads) {
        this.database = database;
        this.reads = reads;
    }

    /** For the container's proxy. */
    protected Leases() {
        this(null, null);
    }

    /** Why this replica cannot do a work, and for how long it has not been able to. */
    record Unable(Duration since, String failure) {}

    /** The replicas that have lately asked for partitions of a work. */
    private record Replicas(int all, int able, int ableOthers) {}

    /**
     * Renews and takes leases; answers the partitions that this replica may work on for the next seconds.
     *
     * @param unable null when it can do the work. Otherwise it gets none while another replica can; when none can, all share
     *     the partitions and go on trying
     */
    @Transactional
    public Set<Integer> claim(String name, Unable unable) {
        Replicas replicas = replicas(name, unable);
        if (unable != null && replicas.ableOthers() > 0) {
            release(name, Partitions.COUNT);
            return Set.of();
        }
        int sharing = replicas.able() > 0 ? replicas.able() : replicas.all();
        int fairShare = Math.ceilDiv(Partitions.COUNT, Math.max(1, sharing));
        Set<Integer> mine = new HashSet<>(renew(name));
        if (mine.isEmpty()) {
            create(name);
        }
        if (mine.size() > fairShare) {
            mine.removeAll(release(name, mine.size() - fairShare));
        } else if (mine.size() < fairShare) {
            mine.addAll(take(name, fairShare - mine.size()));
        }
        return mine;
    }

    private Replicas replicas(String name, Unable unable) {
        database.update(
                """
                INSERT INTO replica (work, owner, failing_since, failure)
                VALUES (?, ?, now() - make_interval(secs => ?), ?)
                ON CONFLICT (work, owner) DO UPDATE
                SET seen_at = now(), failing_since = excluded.failing_since, failure = excluded.failure
                """,
                p -> p.text(1, name)
                        .text(2, owner)
                        .number(3, unable == null ? null : (Long) unable.since().toSeconds())
                        .text(4, unable == null ? null : shortened(unable.failure())));
        return database.query(
                        """
                        SELECT count(*), count(*) FILTER (WHERE failing_since IS NULL),
                               count(*) FILTER (WHERE failing_since IS NULL AND owner <> ?)
                        FROM replica WHERE work = ? AND seen_at > now() - make_interval(secs => ?)
                        """,
                        p -> p.text(1, owner).text(2, name).integer(3, SECONDS),
                        row -> new Replicas(row.getInt(1), row.getInt(2), row.getInt(3)))
                .getFirst();
    }

    /** PostgreSQL's text holds no NUL. */
    private static String shortened(String failure) {
        return failure.substring(0, Math.min(failure.length(), LONGEST_FAILURE)).replace('\u0000', ' ');
    }

    private List<Integer> renew(String name) {
        return database.query("""
                UPDATE lease SET until = now() + make_interval(secs => ?)
                WHERE name = ? AND owner = ? AND until > now() RETURNING partition
                """, p -> p.integer(1, SECONDS).text(2, name).text(3, owner), row -> row.getInt(1));
    }

    /** Makes the leases of a work. */
    private void create(String name) {
        database.update("""
                INSERT INTO lease (name, partition)
                SELECT ?, partition FROM generate_series(0, ?) AS p (partition) ON CONFLICT DO NOTHING
                """, p -> p.text(1, name).integer(2, Partitions.COUNT - 1));
    }

    private List<Integer> release(String name, int count) {
        return database.query(
                """
                UPDATE lease SET until = '-infinity', owner = ''
                WHERE name = ? AND partition IN (SELECT partition FROM lease WHERE name = ? AND owner = ?
                                                 ORDER BY partition DESC LIMIT ?)
                RETURNING partition
                """, p -> p.text(1, name).text(2, name).text(3, owner).integer(4, count), row -> row.getInt(1));
    }

    private List<Integer> take(String name, int count) {
        return database.query(
                """
                UPDATE lease SET owner = ?, until = now() + make_interval(secs => ?)
                WHERE name = ? AND partition IN (SELECT partition FROM lease WHERE name = ? AND until <= now()
                                                 ORDER BY partition LIMIT ? FOR UPDATE SKIP LOCKED)
                RETURNING partition
                """,
                p -> p.text(1, owner)
                        .integer(2, SECONDS)
                        .text(3, name)
                        .text(4, name)
                        .integer(5, count),
                row -> row.getInt(1));
    }

    /**
     * A work at one replica.
     *
     * @param partitions how many it holds
     * @param failingSince since when it cannot do the work; null, like the failure, when it can
     */
    public record Share(String work, String owner, int partitions, Instant failingSince, String failure) {}

    /** Every work of every replica that lives. */
    public List<Share> overview() {
        return reads.query(
                """
                SELECT r.work, r.owner, r.failing_since, r.failure,
                       (SELECT count(*) FROM lease l WHERE l.name = r.work AND l.owner = r.owner AND l.until > now())
                FROM replica r WHERE r.seen_at > now() - make_interval(secs => ?) ORDER BY r.work, r.owner
                """,
                p -> p.integer(1, SECONDS),
                row -> new Share(
                        row.getString(1),
                        row.getString(2),
                        row.getInt(5),
                        row.getTimestamp(3) == null ? null : row.getTimestamp(3).toInstant(),
                        row.getString(4)));
    }

    /** Gives everything back at a clean stop, so that others need not wait. */
    @PreDestroy
    void giveBack() {
        try {
            database.update("DELETE FROM replica WHERE owner = ?", p -> p.text(1, owner));
            database.update("UPDATE lease SET until = '-infinity' WHERE owner = ?", p -> p.text(1, owner));
        } catch (RuntimeException e) {
            org.jboss.logging.Logger.getLogger(Leases.class).debug("The leases will run out by themselves", e);
        }
    }
}
