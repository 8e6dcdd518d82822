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

/** What the reconciliation with the warehouses reads, in PostgreSQL. */
@ApplicationScoped
class PostgresOutboundPositions implements OutboundPositions {
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
    public long lastNumber(String warehouse) {
        return database.queryOne(
                        "SELECT number FROM outbound_counter WHERE warehouse = ?",
                        p -> p.text(1, warehouse),
                        row -> row.getLong(1))
                .orElse(0L);
    }

    @Override
    public Map<String, Outbound> unfinished(String warehouse) {
        return byId(database.query("""
                SELECT * FROM outbound
                WHERE warehouse = ?
                  AND (state = 'REQUESTED' OR release IS NOT NULL OR refused + shipped + lost + cancelled < quantity)
                """, p -> p.text(1, warehouse), PostgresOutbounds::outbound));
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
