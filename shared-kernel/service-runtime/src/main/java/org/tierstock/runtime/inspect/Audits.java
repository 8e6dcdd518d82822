package org.tierstock.runtime.inspect;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
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

    /** What one snapshot answers: its summary, and one row for each difference. */
    private record Row(long lastRow, boolean more, long rows, Audit.Difference difference) {}

    private final Database database;
    private final AuditRows results;
    private final int chunk;

    @Inject
    public Audits(
            @Reads Database database,
            AuditRows results,
            @ConfigProperty(name = "tierstock.audit.chunk", defaultValue = "1000") int chunk) {
        this.database = database;
        this.results = results;
        this.chunk = chunk;
    }

    /** For the container's proxy. */
    protected Audits() {
        this(null, null, 0);
    }

    @Override
    public Kind kind() {
        return Kind.AUDIT;
    }

    /**
     * Sums the movements since the last opening of the ledger that was checked, which the months before it sum up to.
     * Goes through the stock rows in the order of their ids, so many in one statement. A balance changes in the
     * transaction of its movement, so in each statement's snapshot the two are comparable, whatever is posted meanwhile.
     */
    @Override
    public Result run(Part part, LongConsumer compared) {
        Walk walk = new Walk(compared);
        part.onlySku()
                .ifPresentOrElse(
                        // A row by itself: what lies between the rows of a SKU belongs to others.
                        sku -> rowsOf(sku).forEach(row -> walk.step(row - 1, 1)),
                        () -> {
                            long after = BEFORE_THE_FIRST;
                            Row last;
                            do {
                                last = walk.step(after, chunk);
                                after = last.lastRow();
                            } while (last.more());
                        });
        return number -> results.store(number, walk.snapshots, walk.differences);
    }

    /**
     * Where the balances of a reconciled key are not what the ledger says.
     *
     * @param key as reconciliations name it: its last part is the SKU
     */
    public List<Audit.Difference> ofKey(String key) {
        Walk walk = new Walk(rows -> {});
        database.query(
                        "SELECT row_id FROM position_row WHERE sku = ? AND key = ?",
                        p -> p.text(1, key.substring(key.lastIndexOf('/') + 1)).text(2, key),
                        row -> row.getLong(1))
                .forEach(row -> walk.step(row - 1, 1));
        return walk.differences;
    }

    private List<Long> rowsOf(String sku) {
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

        Row step(long after, int most) {
            List<Row> found = compared(after, most, MAX_DIFFERENCES - differences.size());
            found.stream().map(Row::difference).filter(Objects::nonNull).forEach(differences::add);
            Row summary = found.getFirst();
            rows += summary.rows();
            snapshots++;
            compared.accept(rows);
            return summary;
        }
    }

    /** Ids that only the ledger knows belong to the range that they fall into; the last range has no end. */
    private List<Row> compared(long after, int chunk, int mostDifferences) {
        return database.survey(
                """
                WITH stock AS MATERIALIZED (
                    SELECT row_id, key FROM stock_row WHERE row_id > ? ORDER BY row_id LIMIT ?
                ), range AS MATERIALIZED (
                    SELECT ?::bigint AS after, count(*) = ? AS more,
                           CASE WHEN count(*) = ? THEN max(row_id) ELSE 9223372036854775807 END AS last
                    FROM stock
                ), opening AS MATERIALIZED (
                    SELECT coalesce(max(opens_at), '-infinity') AS at FROM ledger_closing WHERE checked_at IS NOT NULL
                ), moved AS (
                    SELECT row_id, bucket, sum(quantity) AS quantity
                    FROM (SELECT row_id, bucket, quantity FROM ledger_opening
                          WHERE opens_at = (SELECT at FROM opening)
                            AND row_id > (SELECT after FROM range) AND row_id <= (SELECT last FROM range)
                          UNION ALL
                          SELECT from_row, from_bucket, -quantity FROM ledger
                          WHERE moved_at >= (SELECT at FROM opening)
                            AND from_row > (SELECT after FROM range) AND from_row <= (SELECT last FROM range)
                          UNION ALL
                          SELECT to_row, to_bucket, quantity FROM ledger
                          WHERE to_row = from_row AND moved_at >= (SELECT at FROM opening)
                            AND from_row > (SELECT after FROM range) AND from_row <= (SELECT last FROM range)
                          UNION ALL
                          SELECT to_row, to_bucket, quantity FROM ledger
                          WHERE to_row IS DISTINCT FROM from_row AND moved_at >= (SELECT at FROM opening)
                            AND to_row > (SELECT after FROM range) AND to_row <= (SELECT last FROM range)) both_sides
                    GROUP BY row_id, bucket
                ), balance AS (
                    SELECT row_id, bucket, quantity FROM stock_balance
                    WHERE row_id > (SELECT after FROM range) AND row_id <= (SELECT last FROM range)
                ), compared AS (
                    SELECT coalesce(b.row_id, m.row_id) AS row_id, coalesce(b.bucket, m.bucket) AS bucket,
                           coalesce(b.quantity, 0) AS balance, coalesce(m.quantity, 0) AS ledger
                    FROM balance b FULL JOIN moved m ON m.row_id = b.row_id AND m.bucket = b.bucket
                ), different AS (
                    SELECT coalesce(s.key, 'row ' || c.row_id) AS key, c.bucket, c.balance, c.ledger
                    FROM compared c LEFT JOIN stock s ON s.row_id = c.row_id
                    WHERE c.balance <> c.ledger ORDER BY c.row_id, c.bucket LIMIT ?
                )
                SELECT r.last, r.more, n.rows, d.key, d.bucket, d.balance, d.ledger
                FROM range r CROSS JOIN (SELECT count(*) AS rows FROM compared) n LEFT JOIN different d ON true
                """,
                p -> p.number(1, after)
                        .integer(2, chunk)
                        .number(3, after)
                        .integer(4, chunk)
                        .integer(5, chunk)
                        .integer(6, mostDifferences),
                row -> new Row(
                        row.getLong(1),
                        row.getBoolean(2),
                        row.getLong(3),
                        row.getString(4) == null
                                ? null
                                : new Audit.Difference(
                                        row.getString(4), row.getString(5), row.getLong(6), row.getLong(7))));
    }
}
