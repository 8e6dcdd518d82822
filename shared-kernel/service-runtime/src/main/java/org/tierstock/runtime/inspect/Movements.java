package org.tierstock.runtime.inspect;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.Sql;

/**
 * Reads the ledger. A query by SKU or document costs what its page costs, however long the ledger is. So does one by neither,
 * though no index has the ledger's numbers in their order, which every posting would pay for: a coarse index says in which few
 * pages some numbers or some times are.
 */
@ApplicationScoped
public class Movements {
    /**
     * Among how many numbers, one after the other, one that was kept is looked for; and how many a page looks through beyond
     * those that it has room for. Some were drawn by transactions that were rolled back.
     */
    private static final int NEAR = 500;

    /** The same while it is looked for in more than four times as many: so many that were not kept lead nobody astray. */
    private static final int WIDE = 2_000;

    private static final String LEAST = "min(l.movement_id)";

    private static final String GREATEST = "max(l.movement_id)";

    private static final String FOUND = """
            SELECT l.movement_id, l.moved_at, l.action, f.key, l.from_bucket, t.key, l.to_bucket, l.quantity,
                   l.document_kind, l.document_number, l.document_line, l.stream, l.partition, l.sequence
            FROM found l
            LEFT JOIN stock_row f ON f.row_id = l.from_row
            LEFT JOIN stock_row t ON t.row_id = l.to_row
            ORDER BY l.movement_id
            """;

    private final Database database;

    @Inject
    public Movements(@Reads Database database) {
        this.database = database;
    }

    /** For the container's proxy. */
    protected Movements() {
        this(null);
    }

    /** A page in the order of the ledger's numbers. */
    Page<RecordedMovement> page(MovementFilter filter, Cursor after, Limit limit) {
        long afterMovement = after == null ? 0 : Math.max(0, after.number(0));
        List<RecordedMovement> rows = filter.ofAll()
                ? ofAll(filter, afterMovement, limit.plusOne())
                : database.query(found(filter, behind(filter, afterMovement), limit.plusOne()), Movements::movement);
        return Page.of(rows, limit, last -> Cursor.of(last.movement()));
    }

    /** Hands every movement on as it is read, in one snapshot. */
    void stream(MovementFilter filter, Consumer<RecordedMovement> sink) {
        database.stream(found(filter, behind(filter, 0), Long.MAX_VALUE), Movements::movement, sink);
    }

    /** Looks through numbers that follow each other, and leaps to the next ones of the time when there are too few of it. */
    private List<RecordedMovement> ofAll(MovementFilter filter, long from, int rows) {
        List<RecordedMovement> found = new ArrayList<>();
        long after = from;
        long end = database.query(
                        "SELECT coalesce(pg_sequence_last_value('ledger_movement_id'), 0)",
                        Database.Binder.NOTHING,
                        row -> row.getLong(1))
                .getFirst();
        boolean ends = filter.to() != null;
        while (found.size() < rows && after < end) {
            long upTo = after + rows + NEAR;
            Sql wanted = behind(filter, after).number(" AND l.movement_id <= ?", upTo);
            found.addAll(database.query(found(filter, wanted, rows - found.size()), Movements::movement));
            after = upTo;
            if (found.size() < rows && after < end) {
                end = ends ? last(filter, after, end) : end;
                ends = false;
                after = after < end ? first(filter, after, end) - 1 : end;
            }
        }
        return found;
    }

    /**
     * The first number of a movement since the time begins; the last one when there is none. It is found by leaps that grow, and
     * by halves, since times grow with numbers. They do so nearly, not strictly: what is left then is looked through.
     */
    private long first(MovementFilter filter, long after, long last) {
        long below = after;
        long above = last;
        for (long leap = NEAR; above - below > 2 * NEAR; leap = Math.min(2 * leap, above)) {
            long middle = below + Math.min(leap, (above - below) / 2);
            Optional<Long> there = one(LEAST, since(filter, around(middle, above - below)));
            below = there.isEmpty() ? middle : below;
            above = there.orElse(above);
        }
        return one(LEAST, since(filter, between(after, above))).orElse(last);
    }

    /** The last number of a movement before the time ends, in the same way; {@code after} when there is none behind it. */
    private long last(MovementFilter filter, long after, long last) {
        long below = after;
        long above = last;
        while (above - below > 2 * NEAR) {
            long middle = below + (above - below) / 2;
            Optional<Long> there = one(GREATEST, until(filter, around(middle, above - below)));
            above = there.isEmpty() ? middle : above;
            below = there.orElse(below);
        }
        return one(GREATEST, until(filter, between(below, last))).orElse(below);
    }

    /** Not any with LIMIT 1: that is planned as a walk along the documents, which is long where there is none. */
    private Optional<Long> one(String which, Sql wanted) {
        return Optional.ofNullable(database.query(
                        new Sql("SELECT " + which + " FROM ledger l WHERE ").add(wanted),
                        row -> row.getObject(1, Long.class))
                .getFirst());
    }

    private static Sql around(long middle, long lookedIn) {
        return between(middle, middle + Math.max(NEAR, Math.min(WIDE, lookedIn / 4)));
    }

    private static Sql between(long after, long upTo) {
        return new Sql("l.movement_id > ").number("?", after).number(" AND l.movement_id <= ?", upTo);
    }

    /** What the filter wants behind a movement. */
    private static Sql behind(MovementFilter filter, long after) {
        Sql wanted = new Sql("l.movement_id > ").number("?", after);
        if (filter.document() != null) {
            wanted.text(" AND l.document_number = ?", filter.document());
        }
        return until(filter, since(filter, wanted));
    }

    private static Sql since(MovementFilter filter, Sql wanted) {
        if (filter.from() != null) {
            return wanted.instant(" AND l.moved_at >= ?", filter.from());
        }
        return filter.ofAll() ? wanted.add(" AND l.moved_at >= now() - interval '1 hour'") : wanted;
    }

    private static Sql until(MovementFilter filter, Sql wanted) {
        return filter.to() == null ? wanted : wanted.instant(" AND l.moved_at < ?", filter.to());
    }

    private static Sql found(MovementFilter filter, Sql wanted, long rows) {
        Sql found = new Sql("WITH found AS (");
        if (filter.sku() == null) {
            found.add("SELECT l.* FROM ledger l WHERE ").add(wanted);
        } else {
            ofSku(filter.sku(), found, wanted, rows);
        }
        return found.number(" ORDER BY movement_id LIMIT ?) ", rows).add(FOUND);
    }

    /** Per stock row, so that each takes its first movements from its own index and no more. */
    private static void ofSku(String sku, Sql found, Sql wanted, long rows) {
        found.add("""
                        SELECT * FROM (
                            SELECT m.* FROM stock_row r CROSS JOIN LATERAL (
                                SELECT l.* FROM ledger l WHERE l.from_row = r.row_id AND\s""")
                .add(wanted)
                .number(" ORDER BY l.movement_id LIMIT ?) m", rows)
                .text(" WHERE r.sku = ?", sku)
                .add("""
                        \sUNION ALL
                            SELECT m.* FROM stock_row r CROSS JOIN LATERAL (
                                SELECT l.* FROM ledger l
                                WHERE l.to_row = r.row_id AND l.to_row IS DISTINCT FROM l.from_row AND\s""")
                .add(wanted)
                .number(" ORDER BY l.movement_id LIMIT ?) m", rows)
                .text("""
                        \sWHERE r.sku = ?
                              AND NOT EXISTS (SELECT FROM stock_row o WHERE o.row_id = m.from_row AND o.sku = r.sku)
                        ) either""", sku);
    }

    private static RecordedMovement movement(ResultSet row) throws SQLException {
        String stream = row.getString(12);
        return new RecordedMovement(
                row.getLong(1),
                row.getTimestamp(2).toInstant(),
                row.getString(3),
                new RecordedMovement.Place(row.getString(4), row.getString(5)),
                new RecordedMovement.Place(row.getString(6), row.getString(7)),
                row.getLong(8),
                new RecordedMovement.Document(row.getString(9), row.getString(10), row.getInt(11)),
                stream == null ? null : new RecordedMovement.Stamp(stream, row.getInt(13), row.getLong(14)));
    }
}
