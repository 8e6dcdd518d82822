package org.tierstock.dispatch.adapter.out.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.dispatch.application.port.DispatchOrderQueries;
import org.tierstock.dispatch.domain.DispatchLine;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.runtime.paging.PageOfLines;
import org.tierstock.runtime.readers.Reads;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.Sql;

/** Dispatch orders and shortages to look at, in PostgreSQL. */
@ApplicationScoped
class PostgresDispatchOrderQueries implements DispatchOrderQueries {
    private static final String LINES = """
            (SELECT count(*) FROM dispatch_line l WHERE l.order_number = k.key)
            + (SELECT count(*) FROM outbound o WHERE o.order_number = k.key)""";

    private final Database database;

    @Inject
    PostgresDispatchOrderQueries(@Reads Database database) {
        this.database = database;
    }

    @Override
    public Found list(String order, State state, long after, int limit) {
        List<Order> orders = database.query(
                page(order, state, after, limit + 1),
                row -> new Order(
                        row.getString("order_number"),
                        row.getLong("rank"),
                        row.getString("ship_region"),
                        row.getString("delivery_method"),
                        instant(row, "handed_over_at")));
        int whole =
                PageOfLines.whole(database, orders.stream().map(Order::order).toList(), limit, LINES);
        return new Found(orders.subList(0, whole), whole < orders.size());
    }

    private static Sql page(String order, State state, long after, int limit) {
        Sql page = new Sql("SELECT d.* FROM dispatch_order d WHERE ").number("d.rank > ?", after);
        if (order != null) {
            page.text(" AND d.order_number = ?", order);
        }
        switch (state) {
            case null -> {}
            case OPEN, SHORT -> {
                if (order != null) {
                    page.add(" AND EXISTS ").add(lineOfOrder(state));
                } else {
                    // The next page of ranks comes from an index of such lines, in its order.
                    page.add(" AND d.rank = ANY (ARRAY(SELECT DISTINCT l.order_rank FROM dispatch_line l WHERE ")
                            .add(lines(state))
                            .number(" AND l.order_rank > ?", after)
                            .number(" ORDER BY l.order_rank LIMIT ?))", limit);
                }
            }
            case CLOSED -> page.add(" AND NOT EXISTS ").add(lineOfOrder(State.OPEN));
        }
        return page.number(" ORDER BY d.rank LIMIT ?", limit);
    }

    private static String lineOfOrder(State state) {
        return "(SELECT FROM dispatch_line l WHERE l.order_number = d.order_number AND " + lines(state) + ")";
    }

    private static String lines(State state) {
        return state == State.SHORT ? "l.shortage > 0" : "l.allocated + l.shortage > 0";
    }

    @Override
    public Map<String, List<Line>> lines(Collection<String> orders) {
        Map<LineNumber, List<Outbound>> outbounds = new HashMap<>();
        database.query(
                        "SELECT * FROM outbound WHERE order_number = ANY (?) ORDER BY rank",
                        p -> p.texts(1, List.copyOf(orders)),
                        PostgresOutbounds::outbound)
                .forEach(outbound -> outbounds
                        .computeIfAbsent(outbound.line(), line -> new ArrayList<>())
                        .add(outbound));
        Map<String, List<Line>> lines = new HashMap<>();
        for (DispatchLine line : database.query(
                "SELECT * FROM dispatch_line WHERE order_number = ANY (?) ORDER BY order_number, line",
                p -> p.texts(1, List.copyOf(orders)),
                PostgresDispatchLines::line)) {
            lines.computeIfAbsent(line.number().order(), order -> new ArrayList<>())
                    .add(new Line(line, outbounds.getOrDefault(line.number(), List.of())));
        }
        return lines;
    }

    @Override
    public List<Shortage> shortages(String sku, long after, int limit) {
        Sql page = new Sql("""
                SELECT l.*, d.handed_over_at FROM dispatch_line l JOIN dispatch_order d USING (order_number)
                WHERE l.shortage > 0""").number(" AND l.rank + 0 > ?", after);
        if (sku != null) {
            page.text(" AND l.sku = ?", sku);
        }
        page.number(" ORDER BY l.rank + 0 LIMIT ?", limit);
        return database.query(
                page,
                row -> new Shortage(
                        PostgresDispatchLines.line(row), row.getLong("rank"), instant(row, "handed_over_at")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
