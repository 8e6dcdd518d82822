package org.tierstock.runtime.inspect;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Objects;
import org.tierstock.runtime.sql.Database;

/** Compares the books with the ledger. */
@ApplicationScoped
public class Audits {
    /** The most differences that one audit lists. */
    static final int MAX_DIFFERENCES = 1000;

    private record Row(long rows, Audit.Difference difference) {}

    private final Database database;

    @Inject
    public Audits(Database database) {
        this.database = database;
    }

    /** Reads the whole ledger in one statement, so that no traffic comes in between. */
    Audit run() {
        List<Row> rows = database.survey(
                """
                WITH moved AS (
                    SELECT row_id, bucket, sum(quantity) AS quantity
                    FROM (SELECT to_row AS row_id, to_bucket AS bucket, quantity FROM ledger WHERE to_row IS NOT NULL
                          UNION ALL
                          SELECT from_row, from_bucket, -quantity FROM ledger WHERE from_row IS NOT NULL) both_sides
                    GROUP BY row_id, bucket
                ), compared AS (
                    SELECT coalesce(b.row_id, m.row_id) AS row_id, coalesce(b.bucket, m.bucket) AS bucket,
                           coalesce(b.quantity, 0) AS balance, coalesce(m.quantity, 0) AS ledger
                    FROM stock_balance b FULL JOIN moved m ON m.row_id = b.row_id AND m.bucket = b.bucket
                ), different AS (
                    SELECT coalesce(r.key, 'row ' || c.row_id) AS key, c.bucket, c.balance, c.ledger
                    FROM compared c LEFT JOIN stock_row r ON r.row_id = c.row_id
                    WHERE c.balance <> c.ledger ORDER BY key, c.bucket LIMIT ?
                )
                SELECT n.rows, d.key, d.bucket, d.balance, d.ledger
                FROM (SELECT count(*) AS rows FROM compared) n LEFT JOIN different d ON true
                """,
                p -> p.integer(1, MAX_DIFFERENCES),
                row -> new Row(
                        row.getLong(1),
                        row.getString(2) == null
                                ? null
                                : new Audit.Difference(
                                        row.getString(2), row.getString(3), row.getLong(4), row.getLong(5))));
        return new Audit(
                rows.getFirst().rows(),
                rows.stream().map(Row::difference).filter(Objects::nonNull).toList());
    }
}
