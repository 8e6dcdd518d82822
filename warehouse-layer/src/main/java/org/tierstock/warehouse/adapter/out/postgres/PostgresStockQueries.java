package org.tierstock.warehouse.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.Parameters;
import org.tierstock.warehouse.application.port.Scope;
import org.tierstock.warehouse.application.port.StockQueries;
import org.tierstock.warehouse.domain.Batch;
import org.tierstock.warehouse.domain.BatchKey;
import org.tierstock.warehouse.domain.StockKey;

/** Stock and batches to look at, in PostgreSQL. */
@ApplicationScoped
class PostgresStockQueries implements StockQueries {
    private static final String FILTER = """
             (? OR warehouse = ANY (?)) AND (? OR owner = ANY (?))
             AND (?::text IS NULL OR warehouse = ?) AND (? OR sku = ANY (?))
            """;
    private static final int FILTER_PARAMETERS = 8;

    private final Database database;

    @Inject
    PostgresStockQueries(Database database) {
        this.database = database;
    }

    @Override
    public List<Row> stock(Filter filter, StockKey after, int limit) {
        String from = after == null ? "" : " AND (" + Rows.KEY + ") > (?, ?, ?, ?, ?, ?, ?)";
        return database.query(
                "SELECT " + Rows.KEY + ", available, locked, unavailable FROM shelf_stock WHERE " + FILTER
                        + " AND available + locked + unavailable > 0" + from + " ORDER BY " + Rows.KEY + " LIMIT ?",
                p -> {
                    int next = bind(p, filter);
                    if (after != null) {
                        p.text(next++, after.warehouse())
                                .text(next++, after.sku().code())
                                .text(next++, after.virtualWarehouse())
                                .text(next++, after.owner())
                                .text(next++, after.quality().name())
                                .text(next++, after.batch())
                                .text(next++, after.location());
                    }
                    p.integer(next, limit);
                },
                row -> new Row(
                        Rows.key(row), row.getLong("available"), row.getLong("locked"), row.getLong("unavailable")));
    }

    @Override
    public List<Batch> batches(Filter filter, BatchKey after, int limit) {
        String from = after == null ? "" : " AND (warehouse, sku, owner, batch) > (?, ?, ?, ?)";
        return database.query(
                "SELECT * FROM batch WHERE " + FILTER + from + " ORDER BY warehouse, sku, owner, batch LIMIT ?",
                p -> {
                    int next = bind(p, filter);
                    if (after != null) {
                        p.text(next++, after.warehouse())
                                .text(next++, after.sku().code())
                                .text(next++, after.owner())
                                .text(next++, after.batch());
                    }
                    p.integer(next, limit);
                },
                PostgresBatches::batch);
    }

    /** Binds the filter and answers the next free index. */
    private static int bind(Parameters parameters, Filter filter) throws SQLException {
        Scope scope = filter.scope();
        parameters
                .flag(1, scope.allWarehouses())
                .texts(2, List.copyOf(scope.warehouses()))
                .flag(3, scope.allOwners())
                .texts(4, List.copyOf(scope.owners()))
                .text(5, filter.warehouse())
                .text(6, filter.warehouse())
                .flag(7, filter.skus().isEmpty())
                .texts(8, filter.skus());
        return FILTER_PARAMETERS + 1;
    }
}
