package org.tierstock.runtime.inspect;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.exchange.PostgresWatermarks;
import org.tierstock.runtime.exchange.UnsentRows;
import org.tierstock.runtime.exchange.Watermarks;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;

/** Reads where the streams stand. */
@ApplicationScoped
public class Streams {
    /** The most ranges of numbers beyond the contiguous one that are listed. */
    static final int MAX_BEYOND = 100;

    /** More than so many are not counted: who has to look when millions wait needs an answer, and not their number. */
    static final int MOST = 10_000;

    private final Database database;
    private final Watermarks watermarks;

    @Inject
    public Streams(@Reads Database database) {
        this.database = database;
        this.watermarks = new PostgresWatermarks(database);
    }

    /** What there is now. */
    public StreamsOverview overview() {
        long parked = parked();
        return new StreamsOverview(outgoing(), incoming(), Math.min(parked, MOST), parked > MOST);
    }

    private List<StreamsOverview.Outgoing> outgoing() {
        return database.query(
                """
                SELECT h.stream, h.partition, h.sequence, count(u.sequence)
                FROM stream_head h
                LEFT JOIN (%s) u ON u.stream = h.stream AND u.partition = h.partition
                WHERE h.sequence > 0
                GROUP BY h.stream, h.partition, h.sequence ORDER BY h.stream, h.partition
                """.formatted(UnsentRows.query(MOST + 1)),
                Database.Binder.NOTHING,
                row -> new StreamsOverview.Outgoing(
                        row.getString(1),
                        row.getInt(2),
                        row.getLong(3),
                        Math.min(row.getLong(4), MOST),
                        row.getLong(4) > MOST));
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
                        "SELECT count(*) FROM (SELECT FROM parked_message WHERE state = 'PARKED' LIMIT ?) waiting",
                        p -> p.integer(1, MOST + 1),
                        row -> row.getLong(1))
                .getFirst();
    }
}
