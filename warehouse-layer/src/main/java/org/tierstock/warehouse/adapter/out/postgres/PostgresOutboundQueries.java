package org.tierstock.warehouse.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.runtime.sql.Database;
import org.tierstock.warehouse.application.port.OutboundQueries;
import org.tierstock.warehouse.application.port.Scope;
import org.tierstock.warehouse.domain.Outbound;

/** Outbound orders to look at, in PostgreSQL. */
@ApplicationScoped
class PostgresOutboundQueries implements OutboundQueries {
    private final Database database;

    @Inject
    PostgresOutboundQueries(Database database) {
        this.database = database;
    }

    @Override
    public Map<String, Outbound> find(Collection<String> outbounds) {
        Map<String, Outbound> found = new HashMap<>();
        database.query(
                        OutboundRows.SELECT + " WHERE o.outbound = ANY (?)",
                        p -> p.texts(1, List.copyOf(outbounds)),
                        OutboundRows::outbound)
                .forEach(outbound -> found.put(outbound.order().outbound(), outbound));
        return found;
    }

    @Override
    public List<Outbound> list(Filter filter, Place after, int limit) {
        Scope scope = filter.scope();
        Place from = after == null ? new Place("", 0, "") : after;
        return database.query(
                OutboundRows.SELECT + " WHERE " + condition(filter.state()) + """
                         AND (? OR o.warehouse = ANY (?)) AND (? OR o.owner = ANY (?))
                         AND (?::text IS NULL OR o.warehouse = ?) AND (?::text IS NULL OR o.order_number = ?)
                         AND (o.warehouse, o.number, o.outbound) > (?, ?, ?)
                        ORDER BY o.warehouse, o.number, o.outbound LIMIT ?
                        """,
                p -> p.flag(1, scope.allWarehouses())
                        .texts(2, List.copyOf(scope.warehouses()))
                        .flag(3, scope.allOwners())
                        .texts(4, List.copyOf(scope.owners()))
                        .text(5, filter.warehouse())
                        .text(6, filter.warehouse())
                        .text(7, filter.order())
                        .text(8, filter.order())
                        .text(9, from.warehouse())
                        .number(10, from.number())
                        .text(11, from.outbound())
                        .integer(12, limit),
                OutboundRows::outbound);
    }

    private static String condition(State state) {
        return switch (state) {
            case null -> "true";
            case OPEN -> "o.locked > 0";
            case SHIPPED -> "o.locked = 0 AND o.shipped > 0";
            case CLOSED -> "o.locked = 0 AND o.shipped = 0";
        };
    }
}
