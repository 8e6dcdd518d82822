package org.tierstock.dispatch.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.dispatch.application.port.OutboundPositions;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.Sql;

/** What the reconciliation with the warehouses reads, in PostgreSQL. */
@ApplicationScoped
class PostgresOutboundPositions implements OutboundPositions {
    private static final String UNFINISHED =
            "(state = 'REQUESTED' OR release IS NOT NULL OR refused + shipped + lost + cancelled < quantity)";

    private final Database database;

    @Inject
    PostgresOutboundPositions(@Reads Database database) {
        this.database = database;
    }

    @Override
    public List<String> warehouses() {
        return database.query("""
                SELECT coalesce(n.warehouse, c.node) FROM (SELECT DISTINCT node FROM cell_stock) c
                LEFT JOIN node n ON n.code = c.node
                UNION SELECT warehouse FROM outbound_counter
                ORDER BY 1
                """, Database.Binder.NOTHING, row -> row.getString(1));
    }

    @Override
    public Map<String, Long> lastNumbers(Collection<String> warehouses) {
        return byWarehouse(new Sql("SELECT warehouse, number FROM outbound_counter")
                .texts(" WHERE warehouse = ANY (?)", warehouses));
    }

    @Override
    public Map<String, Long> unfinishedCounts() {
        return byWarehouse(
                new Sql("SELECT warehouse, count(*) FROM outbound WHERE " + UNFINISHED + " GROUP BY warehouse"));
    }

    private Map<String, Long> byWarehouse(Sql sql) {
        record Figure(String warehouse, long value) {}
        Map<String, Long> figures = new HashMap<>();
        database.query(sql, row -> new Figure(row.getString(1), row.getLong(2)))
                .forEach(figure -> figures.put(figure.warehouse(), figure.value()));
        return figures;
    }

    @Override
    public List<Outbound> unfinished(Collection<String> warehouses, String sku, long after, int limit) {
        Sql unfinished = new Sql("SELECT o.* FROM ")
                .texts("unnest(?) AS w (code) CROSS JOIN LATERAL (SELECT * FROM outbound", warehouses)
                .number(" WHERE warehouse = w.code AND number > ? AND " + UNFINISHED, after);
        if (!sku.isEmpty()) {
            unfinished.text(" AND sku = ?", sku);
        }
        return database.query(
                unfinished.number(" ORDER BY warehouse, number LIMIT ?) o", limit), PostgresOutbounds::outbound);
    }

    @Override
    public Map<String, Outbound> find(Collection<String> ids) {
        return byId(database.query(
                "SELECT * FROM outbound WHERE outbound = ANY (?)",
                p -> p.texts(1, List.copyOf(ids)),
                PostgresOutbounds::outbound));
    }

    private static Map<String, Outbound> byId(List<Outbound> outbounds) {
        Map<String, Outbound> byId = new HashMap<>();
        outbounds.forEach(outbound -> byId.put(outbound.id(), outbound));
        return byId;
    }
}
