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
import org.tierstock.runtime.sql.Database;

/** Dispatch orders and shortages to look at, in PostgreSQL. */
@ApplicationScoped
class PostgresDispatchOrderQueries implements DispatchOrderQueries {
    private final Database database;

    @Inject
    PostgresDispatchOrderQueries(Database database) {
        this.database = database;
    }

    @Override
    public List<Order> list(String order, State state, long after, int limit) {
        return database.query(
                "SELECT * FROM dispatch_order d WHERE " + condition(state)
                        + " AND (?::text IS NULL OR d.order_number = ?) AND d.rank > ? ORDER BY d.rank LIMIT ?",
                p -> p.text(1, order).text(2, order).number(3, after).integer(4, limit),
                row -> new Order(
                        row.getString("order_number"),
                        row.getLong("rank"),
                        row.getString("ship_region"),
                        row.getString("delivery_method"),
                        instant(row, "handed_over_at")));
    }

    private static String condition(State state) {
        String lines = "(SELECT FROM dispatch_line l WHERE l.order_number = d.order_number AND ";
        return switch (state) {
            case null -> "true";
            case OPEN -> "EXISTS " + lines + "l.allocated + l.shortage > 0)";
            case SHORT -> "EXISTS " + lines + "l.shortage > 0)";
            case CLOSED -> "NOT EXISTS " + lines + "l.allocated + l.shortage > 0)";
        };
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
        return database.query(
                """
                SELECT l.*, d.handed_over_at FROM dispatch_line l JOIN dispatch_order d USING (order_number)
                WHERE l.shortage > 0 AND (?::text IS NULL OR l.sku = ?) AND l.rank > ?
                ORDER BY l.rank LIMIT ?
                """,
                p -> p.text(1, sku).text(2, sku).number(3, after).integer(4, limit),
                row -> new Shortage(
                        PostgresDispatchLines.line(row), row.getLong("rank"), instant(row, "handed_over_at")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
