package org.tierstock.runtime.probe;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.tierstock.runtime.inspect.WarehouseRows;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;

/** The probe's stock lies in the warehouse that its key begins with. */
@ApplicationScoped
public class ProbeWarehouseRows implements WarehouseRows {
    private final Database database;

    @Inject
    public ProbeWarehouseRows(@Reads Database database) {
        this.database = database;
    }

    /** For the container's proxy. */
    protected ProbeWarehouseRows() {
        this(null);
    }

    @Override
    public List<Long> after(String warehouse, long after, int most) {
        return database.query(
                "SELECT row_id FROM probe_stock WHERE starts_with(key, ?) AND row_id > ? ORDER BY row_id LIMIT ?",
                p -> p.text(1, warehouse + '/').number(2, after).integer(3, most),
                row -> row.getLong(1));
    }

    @Override
    public List<Long> ofSku(String warehouse, String sku) {
        return database.query(
                "SELECT row_id FROM probe_stock WHERE starts_with(key, ?) AND sku = ? ORDER BY row_id",
                p -> p.text(1, warehouse + '/').text(2, sku),
                row -> row.getLong(1));
    }
}
