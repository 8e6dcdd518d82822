package org.tierstock.dispatch.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.tierstock.runtime.inspect.WarehouseRows;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;

/** The cells of a warehouse's nodes and the promises that they back, for an audit of it. */
@ApplicationScoped
public class PostgresWarehouseRows implements WarehouseRows {
    /** As reconciliations have it: a node that nobody has described yet is its own warehouse. */
    private static final String NODES = """
            WITH place AS MATERIALIZED (
                SELECT code FROM node WHERE warehouse = ?
                UNION ALL
                SELECT own FROM (SELECT ?::text AS own) w WHERE NOT EXISTS (SELECT FROM node WHERE code = own)
            )
            """;

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
        // The first ones of each, by its index: the first of all are among them.
        return database.query(
                NODES + """
                        SELECT row_id FROM place CROSS JOIN LATERAL (
                            (SELECT row_id FROM cell_stock WHERE node = place.code AND row_id > ? ORDER BY row_id LIMIT ?)
                            UNION ALL
                            (SELECT row_id FROM allotment WHERE node = place.code AND row_id > ? ORDER BY row_id LIMIT ?)
                        ) first_ones
                        ORDER BY row_id LIMIT ?
                        """,
                p -> p.text(1, warehouse)
                        .text(2, warehouse)
                        .number(3, after)
                        .integer(4, most)
                        .number(5, after)
                        .integer(6, most)
                        .integer(7, most),
                row -> row.getLong(1));
    }

    @Override
    public List<Long> ofSku(String warehouse, String sku) {
        return database.query(
                NODES + """
                        SELECT row_id FROM place CROSS JOIN LATERAL (
                            SELECT row_id FROM cell_stock WHERE sku = ? AND node = place.code
                            UNION ALL
                            SELECT row_id FROM allotment WHERE sku = ? AND node = place.code) all_of_them
                        ORDER BY row_id
                        """,
                p -> p.text(1, warehouse).text(2, warehouse).text(3, sku).text(4, sku),
                row -> row.getLong(1));
    }
}
