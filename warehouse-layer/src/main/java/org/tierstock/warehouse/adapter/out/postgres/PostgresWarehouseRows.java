package org.tierstock.warehouse.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.tierstock.runtime.inspect.WarehouseRows;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;

/** The shelf stock of a warehouse, for an audit of it. */
@ApplicationScoped
public class PostgresWarehouseRows implements WarehouseRows {
    private final Database database;

    @Inject
    public PostgresWarehouseRows(@Reads Database database) {
        this.database = database;
    }

    /** For the container's proxy. */
    protected PostgresWarehouseRows() {
        this(null);
    }

    @Override
    public List<Long> after(String warehouse, long after, int most) {
        return database.query(
                "SELECT row_id FROM shelf_stock WHERE warehouse = ? AND row_id > ? ORDER BY row_id LIMIT ?",
                p -> p.text(1, warehouse).number(2, after).integer(3, most),
                row -> row.getLong(1));
    }

    @Override
    public List<Long> ofSku(String warehouse, String sku) {
        return database.query(
                "SELECT row_id FROM shelf_stock WHERE sku = ? AND warehouse = ? ORDER BY row_id",
                p -> p.text(1, sku).text(2, warehouse),
                row -> row.getLong(1));
    }
}
