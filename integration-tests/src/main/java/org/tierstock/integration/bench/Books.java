package org.tierstock.integration.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.tierstock.local.LayerDatabase;

/** Compares what was acknowledged with what the database holds. Only while no call is in flight. */
final class Books {
    /** Every row and bucket whose balance is not the sum of its movements. */
    private static final String LEDGER_DIFFERENCES = """
            WITH moved AS (
                SELECT row_id, bucket, sum(quantity) AS quantity
                FROM (SELECT to_row AS row_id, to_bucket AS bucket, quantity FROM ledger WHERE to_row IS NOT NULL
                      UNION ALL
                      SELECT from_row, from_bucket, -quantity FROM ledger WHERE from_row IS NOT NULL) AS entry
                GROUP BY row_id, bucket)
            SELECT count(*) FROM stock_balance FULL JOIN moved USING (row_id, bucket)
            WHERE coalesce(stock_balance.quantity, 0) <> coalesce(moved.quantity, 0)
            """;

    /** Every row whose sellable and locked units together are not what dispatch granted. */
    private static final String GRANT_DIFFERENCES = """
            SELECT count(*) FROM stock LEFT JOIN (
                SELECT to_row AS row_id, sum(quantity) AS quantity FROM ledger
                WHERE from_bucket = 'EXTERNAL' AND to_bucket = 'SELLABLE' GROUP BY to_row) AS granted USING (row_id)
            WHERE sellable + locked <> coalesce(granted.quantity, 0)
            """;

    /** Every row whose locked units are not those of the order lines that lock it. */
    private static final String LOCK_DIFFERENCES = """
            SELECT count(*) FROM stock LEFT JOIN (
                SELECT row_id, sum(quantity) AS quantity FROM order_line
                WHERE state = 'PLACED' GROUP BY row_id) AS ordered USING (row_id)
            WHERE locked <> coalesce(ordered.quantity, 0)
            """;

    private static final String NAIVE_LOCK_DIFFERENCES = """
            SELECT count(*) FROM naive_stock LEFT JOIN (
                SELECT sku, sum(quantity) AS quantity FROM naive_order_line GROUP BY sku) AS ordered USING (sku)
            WHERE locked <> coalesce(ordered.quantity, 0)
            """;

    private final LayerDatabase database;
    private final Map<Cell.Side, Long> acknowledged = new EnumMap<>(Cell.Side.class);
    private long kept;

    Books(LayerDatabase database) {
        this.database = database;
    }

    /** Remembers that so many orders, or rows, of that side were acknowledged. */
    void acknowledged(Cell.Side side, long count) {
        acknowledged.merge(side, count, Long::sum);
    }

    /** Remembers that there were so many orders of old before, whose locks nobody has written. */
    void kept(long orders) {
        kept = orders;
    }

    /** What does not agree, in sentences; empty when everything does. */
    List<String> differences() {
        List<String> differences = new ArrayList<>();
        try (Connection connection = Databases.connect(database)) {
            expect(
                    differences,
                    connection,
                    "orders",
                    Cell.Side.TIERSTOCK,
                    "SELECT count(*) - " + kept + " FROM sales_order");
            expect(
                    differences,
                    connection,
                    "ledger rows of locks",
                    Cell.Side.TIERSTOCK,
                    "SELECT count(*) FROM ledger WHERE action = 'LOCK'");
            expect(differences, connection, "naive orders", Cell.Side.NAIVE, "SELECT count(*) FROM naive_order");
            expect(differences, connection, "inserted rows", Cell.Side.ROWS, "SELECT count(*) FROM one_row");
            expectNone(differences, connection, "balances that differ from their ledger", LEDGER_DIFFERENCES);
            expectNone(differences, connection, "balances that differ from what was granted", GRANT_DIFFERENCES);
            expectNone(differences, connection, "locks that differ from their orders", LOCK_DIFFERENCES);
            expectNone(differences, connection, "naive locks that differ from their orders", NAIVE_LOCK_DIFFERENCES);
        } catch (SQLException e) {
            throw new BenchFailure("the books cannot be read", e);
        }
        return differences;
    }

    private void expect(List<String> differences, Connection connection, String what, Cell.Side side, String sql)
            throws SQLException {
        long expected = acknowledged.getOrDefault(side, 0L);
        long found = number(connection, sql);
        if (found != expected) {
            differences.add(expected + " acknowledged, but " + found + " " + what);
        }
    }

    private static void expectNone(List<String> differences, Connection connection, String what, String sql)
            throws SQLException {
        long found = number(connection, sql);
        if (found != 0) {
            differences.add(found + " " + what);
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
