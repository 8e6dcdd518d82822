package org.tierstock.warehouse.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
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

    private final Database database;

    @Inject
    PostgresStockQueries(@Reads Database database) {
        this.database = database;
    }

    @Override
    public List<Row> stock(Filter filter, StockKey after, int limit) {
        Sql wanted = new Sql("SELECT " + Rows.KEY + ", available, locked, unavailable FROM shelf_stock"
                + " WHERE available + locked + unavailable > 0");
        if (after != null) {
            wanted.text(" AND (" + Rows.KEY + ") > (?", after.warehouse())
                    .text(", ?", after.sku().code())
                    .text(", ?", after.virtualWarehouse())
                    .text(", ?", after.owner())
                    .text(", ?", after.quality().name())
                    .text(", ?", after.batch())
                    .text(", ?)", after.location());
        }
        return database.query(
                page(wanted, filter, Rows.KEY, limit),
                row -> new Row(
                        Rows.key(row), row.getLong("available"), row.getLong("locked"), row.getLong("unavailable")));
    }

    @Override
    public List<Batch> batches(Filter filter, BatchKey after, int limit) {
        Sql wanted = new Sql("SELECT * FROM batch WHERE true");
        if (after != null) {
            wanted.text(" AND (" + BATCH_KEY + ") > (?", after.warehouse())
                    .text(", ?", after.sku().code())
                    .text(", ?", after.owner())
                    .text(", ?)", after.batch());
        }
        return database.query(page(wanted, filter, BATCH_KEY, limit), PostgresBatches::batch);
    }

    /** A page of what is wanted, narrowed by the filter; a condition may follow what is wanted. */
    private static Sql page(Sql wanted, Filter filter, String key, int limit) {
        if (!filter.scope().allOwners()) {
            wanted.texts(" AND owner = ANY (?)", filter.scope().owners());
        }
        String order = " ORDER BY " + key + " LIMIT ?";
        if (!filter.skus().isEmpty()) {
            wanted.texts(" AND sku = ANY (?)", filter.skus());
            if (!filter.ofAllWarehouses()) {
                wanted.texts(" AND warehouse = ANY (?)", filter.warehouses());
            }
            return wanted.number(order, limit);
        }
        if (filter.ofAllWarehouses()) {
            return wanted.number(order, limit);
        }
        // Each warehouse's page by itself: what others have between them is not read.
        return new Sql("SELECT s.* FROM ")
                .texts("unnest(?) AS w (code) CROSS JOIN LATERAL (", filter.warehouses())
                .add(wanted)
                .number(" AND warehouse = w.code" + order, limit)
                .number(") s" + order, limit);
    }
}
