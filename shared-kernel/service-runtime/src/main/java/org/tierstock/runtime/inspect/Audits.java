package org.tierstock.runtime.inspect;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.tierstock.movements.InvalidValue;
import org.tierstock.runtime.check.Check;
import org.tierstock.runtime.check.Part;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;

/** Compares the books with the ledger while they are written. */
@ApplicationScoped
public class Audits implements Check {
    /** The most differences that one audit lists. */
    static final int MAX_DIFFERENCES = 1000;

    private static final long BEFORE_THE_FIRST = 0;

    /** The next stock rows; ids that only the ledger knows belong to the range that they fall into, and the last has no end. */
    private static final String RANGE = compared(
            """
            WITH stock AS MATERIALIZED (
                SELECT row_id, key FROM stock_row WHERE row_id > ? ORDER BY row_id LIMIT ?
            ), part AS MATERIALIZED (
                SELECT ?::bigint AS after, count(*) = ? AS more,
                       CASE WHEN count(*) = ? THEN max(row_id) ELSE 9223372036854775807 END AS last
                FROM stock
            )""",
            "%1$s > (SELECT after FROM part) AND %1$s <= (SELECT last FROM part)",
            "%1$s > (SELECT after FROM part) AND %1$s <= (SELECT last FROM part)");

    /**
     * Some stock rows by themselves: what lies between them belongs to others. The ledger is joined with them, one by one, since
     * by an array of them PostgreSQL reads its index by time as well.
     */
    private static final String THESE =
            compared("""
            WITH part AS MATERIALIZED (
                SELECT ids, false AS more, 0::bigint AS last FROM (SELECT ?::bigint[] AS ids) given
            ), stock AS MATERIALIZED (
                SELECT row_id, key FROM stock_row WHERE row_id = ANY ((SELECT ids FROM part)::bigint[])
            )""", "%1$s = ANY ((SELECT ids FROM part)::bigint[])", "%1$s IN (SELECT unnest(ids) FROM part)");

    /** What one snapshot answers: its summary, and one row for each difference. */
    private record Row(long lastRow, boolean more, long rows, Audit.Difference difference) {}

    private final Database database;
    private final AuditRows results;
    private final Optional<WarehouseRows> warehouses;
    private final int chunk;

    @Inject
    public Audits(
            @Reads Database database,
            AuditRows results,
            Instance<WarehouseRows> warehouses,
            @ConfigProperty(name = "tierstock.audit.chunk", defaultValue = "1000") int chunk) {
        this(database, results, warehouses.stream().findFirst(), chunk);
    }

    /** Of a layer with these warehouses; none where it knows no warehouses. */
    public Audits(Database database, AuditRows results, Optional<WarehouseRows> warehouses, int chunk) {
        this.database = database;
        this.results = results;
        this.warehouses = warehouses;
        this.chunk = chunk;
    }

    /** For the container's proxy. */
    protected Audits() {
        this(null, null, Optional.empty(), 0);
    }

    @Override
    public Kind kind() {
        return Kind.AUDIT;
    }

    /**
     * The part, if there is such a one: sales knows no warehouses.
     *
     * @throws InvalidValue when there is not
     */
    Part required(Part part) {
        if (part.warehouse() != null && warehouses.isEmpty()) {
            throw new InvalidValue("warehouse", "is known to dispatch and the warehouse layer only: ask there");
        }
        return part;
    }

    /**
     * Sums the movements since the last opening of the ledger that was checked, which the months before it sum up to.
     * Goes through the stock rows in the order of their ids, so many in one statement. A balance changes in the
     * transaction of its movement, so in each statement's snapshot the two are comparable, whatever is posted meanwhile.
     */
    @Override
    public Result run(Part part, LongConsumer compared) {
        Walk walk = new Walk(compared);
        if (part.warehouse() == null) {
            part.onlySku().ifPresentOrElse(sku -> walk.through(ofSku(sku)), walk::everything);
        } else {
            part.onlySku()
                    .ifPresentOrElse(
                            sku -> walk.through(warehouses.orElseThrow().ofSku(part.warehouse(), sku)),
                            () -> walk.through(part.warehouse()));
        }
        return number -> results.store(number, walk.snapshots, walk.differences);
    }

    /**
     * Where the balances of a reconciled key are not what the ledger says.
     *
     * @param key as reconciliations name it: its last part is the SKU
     */
    public List<Audit.Difference> ofKey(String key) {
        Walk walk = new Walk(rows -> {});
        walk.through(database.query(
                "SELECT row_id FROM position_row WHERE sku = ? AND key = ?",
                p -> p.text(1, key.substring(key.lastIndexOf('/') + 1)).text(2, key),
                row -> row.getLong(1)));
        return walk.differences;
    }

    private List<Long> ofSku(String sku) {
        return database.query(
                "SELECT row_id FROM stock_row WHERE sku = ? ORDER BY row_id",
                p -> p.text(1, sku),
                row -> row.getLong(1));
    }

    private final class Walk {
        private final LongConsumer compared;
        private final List<Audit.Difference> differences = new ArrayList<>();
        private long rows;
        private int snapshots;

        Walk(LongConsumer compared) {
            this.compared = compared;
        }

        void everything() {
            long after = BEFORE_THE_FIRST;
            Row last;
            do {
                last = took(inRange(after, room()));
                after = last.lastRow();
            } while (last.more());
        }

        void through(String warehouse) {
            List<Long> next = warehouses.orElseThrow().after(warehouse, BEFORE_THE_FIRST, chunk);
            while (!next.isEmpty()) {
                through(next);
                next = warehouses.orElseThrow().after(warehouse, next.getLast(), chunk);
            }
        }

        void through(List<Long> ids) {
            for (int from = 0; from < ids.size(); from += chunk) {
                took(these(ids.subList(from, Math.min(from + chunk, ids.size())), room()));
            }
        }

        private int room() {
            return MAX_DIFFERENCES - differences.size();
        }

        private Row took(List<Row> found) {
            found.stream().map(Row::difference).filter(Objects::nonNull).forEach(differences::add);
            Row summary = found.getFirst();
            rows += summary.rows();
            snapshots++;
            compared.accept(rows);
            return summary;
        }
    }

    /**
     * The statement that compares a part.
     *
     * @param part what {@code stock} and {@code part} are
     * @param within that a stock row is of the part
     * @param movedWithin that a movement's row is
     */
    private static String compared(String part, String within, String movedWithin) {
        return part
                + """
                , opening AS MATERIALIZED (
                    SELECT coalesce(max(opens_at), '-infinity') AS at FROM ledger_closing WHERE checked_at IS NOT NULL
                ), moved AS (
                    SELECT row_id, bucket, sum(quantity) AS quantity
                    FROM (SELECT row_id, bucket, quantity FROM ledger_opening
                          WHERE opens_at = (SELECT at FROM opening) AND %1$s
                          UNION ALL
                          SELECT from_row, from_bucket, -quantity FROM ledger
                          WHERE moved_at >= (SELECT at FROM opening) AND %2$s
                          UNION ALL
                          SELECT to_row, to_bucket, quantity FROM ledger
                          WHERE to_row = from_row AND moved_at >= (SELECT at FROM opening) AND %2$s
                          UNION ALL
                          SELECT to_row, to_bucket, quantity FROM ledger
                          WHERE to_row IS DISTINCT FROM from_row AND moved_at >= (SELECT at FROM opening)
                            AND %3$s) both_sides
                    GROUP BY row_id, bucket
                ), balance AS (
                    SELECT row_id, bucket, quantity FROM stock_balance WHERE %1$s
                ), compared AS (
                    SELECT coalesce(b.row_id, m.row_id) AS row_id, coalesce(b.bucket, m.bucket) AS bucket,
                           coalesce(b.quantity, 0) AS balance, coalesce(m.quantity, 0) AS ledger
                    FROM balance b FULL JOIN moved m ON m.row_id = b.row_id AND m.bucket = b.bucket
                ), different AS (
                    SELECT coalesce(s.key, 'row ' || c.row_id) AS key, c.bucket, c.balance, c.ledger
                    FROM compared c LEFT JOIN stock s ON s.row_id = c.row_id
                    WHERE c.balance <> c.ledger ORDER BY c.row_id, c.bucket LIMIT ?
                )
                SELECT p.last, p.more, n.rows, d.key, d.bucket, d.balance, d.ledger
                FROM part p CROSS JOIN (SELECT count(*) AS rows FROM compared) n LEFT JOIN different d ON true
                """.formatted(
                        within.formatted("row_id"), movedWithin.formatted("from_row"), movedWithin.formatted("to_row"));
    }

    private List<Row> inRange(long after, int mostDifferences) {
        return database.survey(
                RANGE,
                p -> p.number(1, after)
                        .integer(2, chunk)
                        .number(3, after)
                        .integer(4, chunk)
                        .integer(5, chunk)
                        .integer(6, mostDifferences),
                Audits::row);
    }

    private List<Row> these(List<Long> ids, int mostDifferences) {
        return database.survey(THESE, p -> p.longs(1, ids, Long::longValue).integer(2, mostDifferences), Audits::row);
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong(1),
                row.getBoolean(2),
                row.getLong(3),
                row.getString(4) == null
                        ? null
                        : new Audit.Difference(row.getString(4), row.getString(5), row.getLong(6), row.getLong(7)));
    }
}
