package org.tierstock.runtime.inspect;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.exchange.PostgresWatermarks;
import org.tierstock.runtime.exchange.Watermarks;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;

/** Reads where the streams stand. */
@ApplicationScoped
public class Streams {
    /** The most ranges of numbers beyond the contiguous one that are listed. */
    static final int MAX_BEYOND = 100;

    private final Database database;
    private final Watermarks watermarks;

    @Inject
    public Streams(@Reads Database database) {
        this.database = database;
        this.watermarks = new PostgresWatermarks(database);
    }

    StreamsOverview overview() {
        return new StreamsOverview(outgoing(), incoming(), parked());
    }

    /** A row counts as unsent until its own carrier has passed it; a carrier that never ran has passed none. */
    private List<StreamsOverview.Outgoing> outgoing() {
        return database.query(
                """
                SELECT h.stream, h.partition, h.sequence, count(o.sequence)
                FROM stream_head h
                CROSS JOIN (VALUES ('BROKER'), ('CALL')) k (carrier)
                LEFT JOIN stream_carried c
                  ON c.stream = h.stream AND c.partition = h.partition AND c.carrier = k.carrier
                LEFT JOIN outbox o
                  ON o.stream = h.stream AND o.partition = h.partition AND o.carrier = k.carrier
                 AND o.sequence > coalesce(c.sequence, 0)
                WHERE h.sequence > 0
                GROUP BY h.stream, h.partition, h.sequence ORDER BY h.stream, h.partition
                """,
                Database.Binder.NOTHING,
                row -> new StreamsOverview.Outgoing(row.getString(1), row.getInt(2), row.getLong(3), row.getLong(4)));
    }

    private List<StreamsOverview.Incoming> incoming() {
        return watermarks.applied().stream().map(Streams::incoming).toList();
    }

    private static StreamsOverview.Incoming incoming(AppliedPosition applied) {
        return new StreamsOverview.Incoming(
                applied.stream(),
                applied.partition(),
                applied.contiguous(),
                applied.beyond().ranges().stream().limit(MAX_BEYOND).toList());
    }

    private long parked() {
        return database.query(
                        "SELECT count(*) FROM parked_message WHERE state = 'PARKED'",
                        Database.Binder.NOTHING,
                        row -> row.getLong(1))
                .getFirst();
    }
}
