package org.tierstock.warehouse.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.Sql;
import org.tierstock.warehouse.application.port.StockQueries;
import org.tierstock.warehouse.domain.Batch;
import org.tierstock.warehouse.domain.BatchKey;
import org.tierstock.warehouse.domain.StockKey;

/** Stock and batches to look at, in PostgreSQL. */
@ApplicationScoped
class PostgresStockQueries implements StockQueries {
    private static final String BATCH_KEY = "warehouse, sku, owner, batch";

    /** How many rows a page looks at, at most, whether or not they are left out. */
    private static final int MOST = Limit.MAX;

    /** How many it looks at together, at least. */
    private static final int LEAST = Limit.DEFAULT;

    private final Database database;

    @Inject
    PostgresStockQueries(@Reads Database database) {
        this.database = database;
    }

    /**
     * A row that was looked at.
     *
     * @param wanted false when it is left out
     */
    private record Looked<R>(R row, boolean wanted) {}

    /** Looks at rows in key order, those that are left out among them. */
    @FunctionalInterface
    private interface Look<R, K> {
        List<Looked<R>> behind(K after, int rows);
    }

    /** Empty rows stay where they are: an index without them would have to be kept by every lock. */
    @Override
    public Found<Row, StockKey> stock(Filter filter, StockKey after, int limit) {
        return page((last, rows) -> lookAtStock(filter, last, rows), Row::key, after, limit);
    }

    private List<Looked<Row>> lookAtStock(Filter filter, StockKey after, int rows) {
        Sql all = of(
                filter,
                "SELECT " + Rows.KEY + ", available, locked, unavailable, available + locked + unavailable > 0",
                "shelf_stock");
        if (after != null) {
            all.text(" AND (" + Rows.KEY + ") > (?", after.warehouse())
                    .text(", ?", after.sku().code())
                    .text(", ?", after.virtualWarehouse())
                    .text(", ?", after.owner())
                    .text(", ?", after.quality().name())
                    .text(", ?", after.batch())
                    .text(", ?)", after.location());
        }
        return database.query(
                narrowed(all, filter, Rows.KEY, rows),
                row -> new Looked<>(
                        new Row(
                                Rows.key(row),
                                row.getLong("available"),
                                row.getLong("locked"),
                                row.getLong("unavailable")),
                        row.getBoolean("wanted")));
    }

    @Override
    public Found<Batch, BatchKey> batches(Filter filter, BatchKey after, int limit) {
        return page((last, rows) -> lookAtBatches(filter, last, rows), Batch::key, after, limit);
    }

    private List<Looked<Batch>> lookAtBatches(Filter filter, BatchKey after, int rows) {
        Sql all = of(filter, "SELECT *, true", "batch");
        if (after != null) {
            all.text(" AND (" + BATCH_KEY + ") > (?", after.warehouse())
                    .text(", ?", after.sku().code())
                    .text(", ?", after.owner())
                    .text(", ?)", after.batch());
        }
        return database.query(
                narrowed(all, filter, BATCH_KEY, rows),
                row -> new Looked<>(PostgresBatches.batch(row), row.getBoolean("wanted")));
    }

    /** Looks further until the page is full and it is known that there is more, or the list ends, or it was enough. */
    private static <R, K> Found<R, K> page(Look<R, K> look, Function<R, K> key, K after, int limit) {
        int together = Math.max(limit + 1, LEAST);
        List<R> found = new ArrayList<>();
        K last = after;
        for (int looked = 0; looked < MOST; looked += together) {
            List<Looked<R>> rows = look.behind(last, together);
            for (Looked<R> each : rows) {
                if (each.wanted() && found.size() == limit) {
                    return new Found<>(found, last);
                }
                if (each.wanted()) {
                    found.add(each.row());
                }
                last = key.apply(each.row());
            }
            if (rows.size() < together) {
                return new Found<>(found, null);
            }
        }
        return new Found<>(found, last);
    }

    /** All rows of a table, each with whether it is wanted, which the columns end with; a condition may follow. */
    private static Sql of(Filter filter, String columns, String table) {
        Sql all = new Sql(columns);
        if (!filter.scope().allOwners()) {
            all.texts(" AND owner = ANY (?)", filter.scope().owners());
        }
        return all.add(" AS wanted FROM " + table + " WHERE true");
    }

    /** The first ones, narrowed by the filter. */
    private static Sql narrowed(Sql all, Filter filter, String key, int rows) {
        String order = " ORDER BY " + key + " LIMIT ?";
        if (!filter.skus().isEmpty()) {
            all.texts(" AND sku = ANY (?)", filter.skus());
            if (!filter.ofAllWarehouses()) {
                all.texts(" AND warehouse = ANY (?)", filter.warehouses());
            }
            // All that these SKUs have is read to be sorted: once, and not for those that are left out too.
            return new Sql("SELECT * FROM (").add(all).number(") s WHERE wanted" + order, rows);
        }
        if (filter.ofAllWarehouses()) {
            return all.number(order, rows);
        }
        // Each warehouse's rows by themselves: what others have between them is not read.
        return new Sql("SELECT s.* FROM ")
                .texts("unnest(?) AS w (code) CROSS JOIN LATERAL (", filter.warehouses())
                .add(all)
                .number(" AND warehouse = w.code" + order, rows)
                .number(") s" + order, rows);
    }
}
