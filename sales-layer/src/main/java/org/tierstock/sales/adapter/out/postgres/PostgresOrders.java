package org.tierstock.sales.adapter.out.postgres;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.runtime.exchange.Carrier;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.Insert;
import org.tierstock.sales.application.port.Changed;
import org.tierstock.sales.application.port.DueOrders;
import org.tierstock.sales.application.port.Orders;
import org.tierstock.sales.domain.DeductionMode;
import org.tierstock.sales.domain.LineState;
import org.tierstock.sales.domain.Order;
import org.tierstock.sales.domain.OrderLine;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.StockKey;
import org.tierstock.sales.domain.Terms;

/** Orders and their lines in PostgreSQL. */
@Singleton
class PostgresOrders implements Orders, DueOrders {
    /** A paid line is HANDED when the carrier has brought its hand-over to dispatch. */
    private static final String ORDERS_WITH_LINES = """
            SELECT o.number, o.content_hash, o.deduction_mode, o.delivery_method, o.ship_region, o.buyer,
                   o.address_reference, o.trace_parent, o.placed_at, o.expires_at,
                   l.line, l.row_id, l.quantity, l.state, l.cancelled, l.reversed, l.pending_cancel,
                   l.hand_over <= c.sequence AS handed
            FROM sales_order o JOIN order_line l USING (order_id)
                 LEFT JOIN stream_carried c
                 ON c.stream = '%s' AND c.carrier = '%s' AND c.partition = l.partition AND l.hand_over IS NOT NULL
            """.formatted(Streams.SALES_TO_DISPATCH, Carrier.CALL);

    private final Database database;
    private final StockKeys keys;
    private final OrderIds ids;

    @Inject
    PostgresOrders(Database database, StockKeys keys, OrderIds ids) {
        this.database = database;
        this.keys = keys;
        this.ids = ids;
    }

    /** A line with its order's columns. */
    record Row(
            String number,
            long contentHash,
            Terms terms,
            Instant placedAt,
            Instant expiresAt,
            int line,
            long rowId,
            long quantity,
            LineState state,
            long cancelled,
            long reversed,
            long pendingCancel) {
        OrderLine line(StockKey key) {
            return new OrderLine(line, key, quantity, state, cancelled, reversed, pendingCancel);
        }
    }

    /** Reads which of these orders exist. */
    static Database.Read<OrderNumber> existing(Collection<OrderNumber> numbers) {
        return new Database.Read<>(
                "SELECT number FROM sales_order WHERE number = ANY(?)",
                p -> p.texts(1, List.copyOf(numbers), OrderNumber::text),
                row -> OrderNumber.parse(row.getString(1)));
    }

    @Override
    public Map<OrderNumber, Order> load(Collection<OrderNumber> numbers) {
        List<Order> found = read(
                ORDERS_WITH_LINES + "WHERE o.number = ANY(?) ORDER BY o.order_id, l.line",
                p -> p.texts(1, List.copyOf(numbers), OrderNumber::text));
        Map<OrderNumber, Order> orders = HashMap.newHashMap(found.size());
        found.forEach(order -> orders.put(order.number(), order));
        return orders;
    }

    private List<Order> read(String sql, Database.Binder binder) {
        return orders(database.query(sql, binder, PostgresOrders::row));
    }

    private List<Order> orders(List<Row> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<Long, StockKey> keyOf = keys.keysOf(rows.stream().map(Row::rowId).toList());
        Map<String, List<Row>> byNumber = new LinkedHashMap<>();
        for (Row row : rows) {
            byNumber.computeIfAbsent(row.number(), number -> new ArrayList<>()).add(row);
        }
        List<Order> orders = new ArrayList<>(byNumber.size());
        for (List<Row> lines : byNumber.values()) {
            orders.add(order(lines, keyOf));
        }
        return orders;
    }

    private static Order order(List<Row> rows, Map<Long, StockKey> keyOf) {
        Row order = rows.getFirst();
        return new Order(
                OrderNumber.parse(order.number()),
                order.terms(),
                order.contentHash(),
                order.placedAt(),
                order.expiresAt(),
                rows.stream().map(row -> row.line(keyOf.get(row.rowId()))).toList());
    }

    private static Row row(ResultSet row) throws SQLException {
        OffsetDateTime expiresAt = row.getObject(10, OffsetDateTime.class);
        return new Row(
                row.getString(1),
                row.getLong(2),
                new Terms(
                        DeductionMode.valueOf(row.getString(3)),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8)),
                row.getObject(9, OffsetDateTime.class).toInstant(),
                expiresAt == null ? null : expiresAt.toInstant(),
                row.getInt(11),
                row.getLong(12),
                row.getLong(13),
                row.getBoolean(18) ? LineState.HANDED : LineState.valueOf(row.getString(14)),
                row.getLong(15),
                row.getLong(16),
                row.getLong(17));
    }

    private record NewOrder(long id, Order order) {}

    private record Line(long orderId, OrderLine line) {}

    /**
     * What inserts orders and their lines.
     *
     * @param rows the rows of all keys that the lines name
     */
    List<Database.Write> inserts(List<Order> orders, Map<StockKey, Long> rows) {
        List<NewOrder> placed = new ArrayList<>(orders.size());
        List<Line> lines = new ArrayList<>(orders.size());
        for (Order order : orders) {
            long id = ids.next();
            placed.add(new NewOrder(id, order));
            for (OrderLine line : order.lines()) {
                lines.add(new Line(id, line));
            }
        }
        Insert<NewOrder> orderRows = new Insert<>("sales_order", placed)
                .texts("number", each -> each.order().number().text())
                .longs("order_id", NewOrder::id)
                .partitions("partition", each -> partition(each.order().lines().getFirst()))
                .longs("content_hash", each -> each.order().contentHash())
                .texts("buyer", each -> each.order().terms().buyer())
                .texts("address_reference", each -> each.order().terms().addressReference())
                .texts("trace_parent", each -> each.order().terms().traceParent())
                .inSeconds("expires_at", each -> holdSeconds(each.order()))
                .constant("placed_at", "now()")
                .constant("state", "'PLACED'");
        Terms first = orders.getFirst().terms();
        if (orders.stream().allMatch(order -> order.terms().deliveredAs(first))) {
            orderRows
                    .all("deduction_mode", first.deductionMode().name())
                    .all("delivery_method", first.deliveryMethod())
                    .all("ship_region", first.shipRegion());
        } else {
            orderRows
                    .texts(
                            "deduction_mode",
                            each -> each.order().terms().deductionMode().name())
                    .texts("delivery_method", each -> each.order().terms().deliveryMethod())
                    .texts("ship_region", each -> each.order().terms().shipRegion());
        }
        Insert<Line> lineRows = new Insert<>("order_line", lines)
                .longs("order_id", Line::orderId)
                .integers("line", each -> each.line().line())
                .partitions("partition", each -> partition(each.line()))
                .longs("row_id", each -> rows.get(each.line().key()))
                .longs("quantity", each -> each.line().quantity())
                .constant("state", "'PLACED'");
        return List.of(orderRows.write(), lineRows.write());
    }

    /** Times are the transaction's: who placed without a look did not know it. */
    private static Long holdSeconds(Order order) {
        return order.expiresAt() == null
                ? null
                : Duration.between(order.placedAt(), order.expiresAt()).toSeconds();
    }

    private static int partition(OrderLine line) {
        return line.key().sku().partition();
    }

    private record ChangedLine(String number, OrderLine line, Long handOver) {}

    @Override
    public void update(Collection<Changed<Order>> orders, List<HandOver> handOvers, Numbers numbers) {
        if (orders.isEmpty()) {
            return;
        }
        Map<String, Long> sequences = HashMap.newHashMap(handOvers.size());
        for (HandOver handOver : handOvers) {
            sequences.put(handOver.businessKey(), numbers.of(handOver).sequence());
        }
        List<Order> changed = orders.stream().map(Changed::after).toList();
        List<ChangedLine> lines = new ArrayList<>(changed.size());
        for (Changed<Order> order : orders) {
            String number = order.after().number().text();
            for (OrderLine line : order.after().changedSince(order.before())) {
                lines.add(new ChangedLine(number, line, sequences.get(number + '/' + line.line())));
            }
        }
        database.updateExactly(
                changed.size(),
                """
                UPDATE sales_order o SET state = c.state
                FROM unnest(?::text[], ?::text[]) AS c (number, state) WHERE o.number = c.number
                """,
                p -> p.texts(1, changed, order -> order.number().text())
                        .texts(2, changed, order -> order.state().name()));
        database.updateExactly(
                lines.size(),
                """
                UPDATE order_line l
                SET state = c.state, cancelled = c.cancelled, reversed = c.reversed, pending_cancel = c.pending_cancel,
                    hand_over = coalesce(c.hand_over, l.hand_over)
                FROM unnest(?::text[], ?::integer[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
                     AS c (number, line, state, cancelled, reversed, pending_cancel, hand_over)
                     JOIN sales_order o ON o.number = c.number
                WHERE l.order_id = o.order_id AND l.line = c.line
                """,
                p -> p.texts(1, lines, ChangedLine::number)
                        .integers(2, lines, each -> each.line().line())
                        .texts(3, lines, each -> stored(each.line().state()))
                        .longs(4, lines, each -> each.line().cancelled())
                        .longs(5, lines, each -> each.line().reversed())
                        .longs(6, lines, each -> each.line().pendingCancel())
                        .nullableLongs(7, lines, ChangedLine::handOver));
    }

    private static String stored(LineState state) {
        return state == LineState.HANDED ? LineState.PAID.name() : state.name();
    }

    @Override
    public List<OrderNumber> due(Set<Integer> partitions, int limit) {
        return database.query(
                """
                SELECT number FROM sales_order
                WHERE state = 'PLACED' AND expires_at IS NOT NULL AND expires_at <= now() AND partition = ANY(?)
                ORDER BY expires_at LIMIT ?
                """,
                p -> p.integers(1, List.copyOf(partitions), Integer::intValue).integer(2, limit),
                row -> OrderNumber.parse(row.getString(1)));
    }
}
