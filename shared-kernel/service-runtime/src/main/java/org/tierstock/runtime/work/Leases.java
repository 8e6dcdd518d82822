package org.tierstock.runtime.work;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.tierstock.movements.Partitions;
import org.tierstock.runtime.sql.Database;

/**
 * Which partitions of a kind of work this replica does. A lease only spares the others the same work: everything done
 * under one may be done twice.
 *
 * <p>Replicas share the partitions evenly. One that dies loses its leases after {@link #SECONDS}.
 */
@ApplicationScoped
public class Leases {
    /** How long a lease holds without being renewed. */
    static final int SECONDS = 5;

    private final Database database;
    private final String owner = UUID.randomUUID().toString();

    @Inject
    public Leases(Database database) {
        this.database = database;
    }

    /** For the container's proxy. */
    protected Leases() {
        this(null);
    }

    /** Renews and takes leases; answers the partitions that this replica may work on for the next seconds. */
    @Transactional
    public Set<Integer> claim(String name) {
        int fairShare = fairShare();
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

    private int fairShare() {
        database.update("""
                INSERT INTO replica (owner) VALUES (?)
                ON CONFLICT (owner) DO UPDATE SET seen_at = now() WHERE replica.seen_at < now() - interval '1 second'
                """, p -> p.text(1, owner));
        int replicas = database.query(
                        "SELECT count(*) FROM replica WHERE seen_at > now() - make_interval(secs => ?)",
                        p -> p.integer(1, SECONDS),
                        row -> row.getInt(1))
                .getFirst();
        return Math.ceilDiv(Partitions.COUNT, Math.max(1, replicas));
    }

    private List<Integer> renew(String name) {
        return database.query("""
                UPDATE lease SET until = now() + make_interval(secs => ?)
                WHERE name = ? AND owner = ? AND until > now() RETURNING partition
                """, p -> p.integer(1, SECONDS).text(2, name).text(3, owner), row -> row.getInt(1));
    }

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
