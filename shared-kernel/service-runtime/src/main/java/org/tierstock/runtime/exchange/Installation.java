package org.tierstock.runtime.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.tierstock.runtime.sql.Database;

/** The history that this database belongs to, and the count of its transactions (11.8). */
@ApplicationScoped
public class Installation {
    /** The epoch of a database that was never repaired. */
    public static final long FIRST_EPOCH = 1;

    private final Database database;
    private final CommittedJournal committed;
    private volatile long epoch;

    @Inject
    public Installation(Database database, CommittedJournal committed) {
        this.database = database;
        this.committed = committed;
    }

    /** An installation that remembers nothing of what was committed. */
    public Installation(Database database) {
        this(database, new CommittedJournal(null));
    }

    /** For the container's proxy. */
    protected Installation() {
        this(null, null);
    }

    /** The epoch. It changes only by the repair of a database that was set back, while the layer is fenced. */
    public long epoch() {
        long known = epoch;
        if (known == 0) {
            known = database.query("SELECT epoch FROM installation", Database.Binder.NOTHING, row -> row.getLong(1))
                    .getFirst();
            epoch = known;
        }
        return known;
    }

    /** The epoch has changed: it is read when it is needed next. */
    public void readAgain() {
        epoch = 0;
    }

    /** A new number for this transaction. Peers that come to know of the transaction keep it. */
    public long nextJournal() {
        CommittedJournal.Commit commit = database.query(
                        """
                        INSERT INTO journal DEFAULT VALUES
                        RETURNING number, (extract(epoch FROM written_at) * 1000000)::bigint
                        """,
                        Database.Binder.NOTHING,
                        row -> new CommittedJournal.Commit(row.getLong(1), row.getLong(2)))
                .getFirst();
        committed.taken(epoch(), commit);
        return commit.number();
    }

    /** The highest transaction number so far, 0 before the first. */
    public long journal() {
        return database.query(
                        "SELECT coalesce(max(number), 0) FROM journal", Database.Binder.NOTHING, row -> row.getLong(1))
                .getFirst();
    }
}
