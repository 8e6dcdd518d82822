package org.tierstock.runtime.reconcile;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;

/** How far the messages of the streams were purged (protocol 11.7). */
@ApplicationScoped
public class Floors {
    private final Database database;

    @Inject
    public Floors(@Reads Database database) {
        this.database = database;
    }

    /** For the container's proxy. */
    protected Floors() {
        this(null);
    }

    /**
     * Makes sure that nothing beyond the cut was purged. To be called after the position was read: the floor rises in the
     * transaction that deletes, so what was there then was complete.
     *
     * @throws CutTooOld when something was
     */
    public void require(Cut cut) {
        List<AppliedPosition> applied = cut.applied();
        List<String> above = database.query(
                """
                SELECT f.stream || '/' || f.partition || ' was purged up to ' || f.sequence
                FROM stream_floor f
                LEFT JOIN unnest(?::text[], ?::smallint[], ?::bigint[]) AS a (stream, partition, contiguous)
                  ON a.stream = f.stream AND a.partition = f.partition
                WHERE f.stream = ANY (?::text[]) AND f.sequence > coalesce(a.contiguous, 0) LIMIT 1
                """,
                p -> p.texts(1, applied, AppliedPosition::stream)
                        .longs(2, applied, AppliedPosition::partition)
                        .longs(3, applied, AppliedPosition::contiguous)
                        .texts(4, cut.streams()),
                row -> row.getString(1));
        if (!above.isEmpty()) {
            throw new CutTooOld(above.getFirst());
        }
    }
}
