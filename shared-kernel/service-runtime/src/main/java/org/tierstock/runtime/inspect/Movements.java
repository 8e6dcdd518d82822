package org.tierstock.runtime.inspect;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.tierstock.runtime.paging.Cursor;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.paging.Page;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.Parameters;

/** Reads the ledger. A query by SKU or document costs what its page costs, however long the ledger is. */
@ApplicationScoped
public class Movements {
    /** Per stock row, so that each takes its first movements from its own index and no more. */
    private static final String OF_SKU = """
            SELECT * FROM (
                SELECT m.* FROM stock_row r CROSS JOIN LATERAL (
                    SELECT l.* FROM ledger l WHERE l.from_row = r.row_id AND %1$s
                    ORDER BY l.movement_id LIMIT ?) m
                WHERE r.sku = ?
                UNION ALL
                SELECT m.* FROM stock_row r CROSS JOIN LATERAL (
                    SELECT l.* FROM ledger l
                    WHERE l.to_row = r.row_id AND l.to_row IS DISTINCT FROM l.from_row AND %1$s
                    ORDER BY l.movement_id LIMIT ?) m
                WHERE r.sku = ?
                  AND NOT EXISTS (SELECT FROM stock_row o WHERE o.row_id = m.from_row AND o.sku = r.sku)
            ) either
            """;

    private static final String OF_ALL = "SELECT l.* FROM ledger l WHERE %1$s";

    private static final String MOVEMENTS = """
            WITH found AS (%s ORDER BY movement_id LIMIT ?)
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
        long afterMovement = after == null ? 0 : after.number(0);
        List<RecordedMovement> rows =
                database.query(sql(filter), p -> bind(p, filter, afterMovement, limit.plusOne()), Movements::movement);
        return Page.of(rows, limit, last -> Cursor.of(last.movement()));
    }

    /** Hands every movement on as it is read, in one snapshot. */
    void stream(MovementFilter filter, Consumer<RecordedMovement> sink) {
        database.stream(sql(filter), p -> bind(p, filter, 0, Long.MAX_VALUE), Movements::movement, sink);
    }

    private static String sql(MovementFilter filter) {
        StringBuilder wanted = new StringBuilder("l.movement_id > ?");
        if (filter.document() != null) {
            wanted.append(" AND l.document_number = ?");
        }
        if (filter.from() != null) {
            wanted.append(" AND l.moved_at >= ?");
        } else if (filter.sku() == null && filter.document() == null) {
            wanted.append(" AND l.moved_at >= now() - interval '1 hour'");
        }
        if (filter.to() != null) {
            wanted.append(" AND l.moved_at < ?");
        }
        return MOVEMENTS.formatted((filter.sku() == null ? OF_ALL : OF_SKU).formatted(wanted));
    }

    private static void bind(Parameters p, MovementFilter filter, long after, long rows) throws SQLException {
        int next = bindWanted(p, 1, filter, after);
        if (filter.sku() != null) {
            p.number(next, rows).text(next + 1, filter.sku());
            next = bindWanted(p, next + 2, filter, after);
            p.number(next, rows).text(next + 1, filter.sku());
            next += 2;
        }
        p.number(next, rows);
    }

    private static int bindWanted(Parameters p, int first, MovementFilter filter, long after) throws SQLException {
        int next = first;
        p.number(next++, after);
        if (filter.document() != null) {
            p.text(next++, filter.document());
        }
        if (filter.from() != null) {
            p.instant(next++, filter.from());
        }
        if (filter.to() != null) {
            p.instant(next++, filter.to());
        }
        return next;
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
