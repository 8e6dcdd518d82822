package org.tierstock.warehouse.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tierstock.runtime.paging.PageOfLines;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.Sql;
import org.tierstock.warehouse.application.port.OutboundQueries;
import org.tierstock.warehouse.domain.Outbound;

/** Outbound orders to look at, in PostgreSQL. */
@ApplicationScoped
class PostgresOutboundQueries implements OutboundQueries {
    private static final String PLACES = "SELECT count(*) FROM outbound_row r WHERE r.outbound = k.key";
    private static final String ORDER = " ORDER BY o.warehouse, o.number, o.outbound LIMIT ?";

    private final Database database;

    @Inject
    PostgresOutboundQueries(@Reads Database database) {
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

    /** First the ids, from an index, and then those of these outbounds that fit into a page. */
    @Override
    public Found list(Filter filter, Place after, int limit) {
        List<String> ids = database.query(page(filter, after, limit + 1), row -> row.getString("outbound"));
        int whole = PageOfLines.whole(database, ids, limit, PLACES);
        List<String> shown = ids.subList(0, whole);
        Map<String, Outbound> found = find(shown);
        return new Found(
                shown.stream().map(found::get).filter(Objects::nonNull).toList(),
                whole < ids.size() && !found.isEmpty());
    }

    private static Sql page(Filter filter, Place after, int limit) {
        if (filter.order() != null || filter.ofAllWarehouses()) {
            Sql page = ids(filter, after);
            if (filter.order() != null) {
                page.text(" AND o.order_number = ?", filter.order());
            }
            if (!filter.ofAllWarehouses()) {
                page.texts(" AND o.warehouse = ANY (?)", filter.warehouses());
            }
            return page.number(ORDER, limit);
        }
        // Each warehouse's page by itself: what others have between them is not read.
        return new Sql("SELECT o.outbound FROM ")
                .texts("unnest(?) AS w (code) CROSS JOIN LATERAL (", filter.warehouses())
                .add(ids(filter, after))
                .number(" AND o.warehouse = w.code" + ORDER, limit)
                .number(") o" + ORDER, limit);
    }

    private static Sql ids(Filter filter, Place after) {
        Sql ids = new Sql("SELECT o.outbound, o.warehouse, o.number FROM outbound o WHERE ")
                .add(condition(filter.state()));
        if (!filter.scope().allOwners()) {
            ids.texts(" AND o.owner = ANY (?)", filter.scope().owners());
        }
        if (after != null) {
            ids.text(" AND (o.warehouse, o.number, o.outbound) > (?", after.warehouse())
                    .number(", ?", after.number())
                    .text(", ?)", after.outbound());
        }
        return ids;
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
