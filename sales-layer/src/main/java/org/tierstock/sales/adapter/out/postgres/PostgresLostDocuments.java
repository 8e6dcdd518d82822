package org.tierstock.sales.adapter.out.postgres;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.tierstock.runtime.sql.Database;
import org.tierstock.sales.application.port.LostDocuments;
import org.tierstock.sales.domain.Cancellation;
import org.tierstock.sales.domain.Order;
import org.tierstock.sales.domain.OrderLine;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.Payment;
import org.tierstock.sales.domain.StockKey;

/** Stores lost documents in PostgreSQL: what is there stays as it is. */
@Singleton
class PostgresLostDocuments implements LostDocuments {
    private final Database database;
    private final StockKeys keys;
    private final OrderIds ids;

    @Inject
    PostgresLostDocuments(Database database, StockKeys keys, OrderIds ids) {
        this.database = database;
        this.keys = keys;
        this.ids = ids;
    }

    private record LineOf(String order, OrderLine line) {}

    /** Unlike orders that are placed, these have come to any state, each at its own time. */
    @Override
    public void storeOrders(Collection<Order> known) {
        List<Order> orders = List.copyOf(known);
        List<LineOf> lines = new ArrayList<>();
        orders.forEach(order -> order.lines()
                .forEach(line -> lines.add(new LineOf(order.number().text(), line))));
        database.update(
                """
                INSERT INTO sales_order (number, order_id, partition, content_hash, state, deduction_mode, delivery_method,
                                         ship_region, buyer, address_reference, trace_parent, placed_at, expires_at)
                SELECT * FROM unnest(?::text[], ?::bigint[], ?::smallint[], ?::bigint[], ?::text[], ?::text[], ?::text[],
                                     ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[])
                ON CONFLICT (number) DO NOTHING
                """,
                p -> p.texts(1, orders, order -> order.number().text())
                        .longs(2, orders, order -> ids.next())
                        .longs(3, orders, order -> partition(order.lines().getFirst()))
                        .longs(4, orders, Order::contentHash)
                        .texts(5, orders, order -> order.state().name())
                        .texts(6, orders, order -> order.terms().deductionMode().name())
                        .texts(7, orders, order -> order.terms().deliveryMethod())
                        .texts(8, orders, order -> order.terms().shipRegion())
                        .texts(9, orders, order -> order.terms().buyer())
                        .texts(10, orders, order -> order.terms().addressReference())
                        .texts(11, orders, order -> order.terms().traceParent())
                        .instants(12, orders, Order::placedAt)
                        .instants(13, orders, Order::expiresAt));
        Map<StockKey, Long> rows =
                keys.rows(lines.stream().map(each -> each.line().key()).toList());
        database.update(
                """
                INSERT INTO order_line (order_id, line, partition, row_id, quantity, state)
                SELECT o.order_id, l.line, l.partition, l.row_id, l.quantity, 'EXPIRED'
                FROM unnest(?::text[], ?::integer[], ?::smallint[], ?::bigint[], ?::bigint[])
                     AS l (number, line, partition, row_id, quantity)
                     JOIN sales_order o USING (number)
                ON CONFLICT (order_id, line) DO NOTHING
                """,
                p -> p.texts(1, lines, LineOf::order)
                        .integers(2, lines, each -> each.line().line())
                        .longs(3, lines, each -> partition(each.line()))
                        .longs(4, lines, each -> rows.get(each.line().key()))
                        .longs(5, lines, each -> each.line().quantity()));
    }

    private static int partition(OrderLine line) {
        return line.key().sku().partition();
    }

    @Override
    public void storePayments(Collection<Payment> known) {
        database.update(
                PostgresPayments.INSERT + " ON CONFLICT (document) DO NOTHING",
                PostgresPayments.columns(List.copyOf(known)));
    }

    @Override
    public void storeCancellations(Collection<Cancellation> known) {
        database.update(
                PostgresCancellations.INSERT + "ON CONFLICT (document) DO NOTHING",
                PostgresCancellations.columns(List.copyOf(known)));
        database.update(
                PostgresCancellations.INSERT_LINES + "ON CONFLICT (document, line) DO NOTHING",
                PostgresCancellations.columnsOfLines(PostgresCancellations.lines(known)));
    }

    @Override
    public List<OrderNumber> locking(StockKey key) {
        long row = keys.rows(List.of(key)).get(key);
        return database.query("""
                SELECT o.number FROM order_line l JOIN sales_order o USING (order_id)
                WHERE l.row_id = ? AND l.state = 'PLACED' AND l.cancelled < l.quantity
                  AND o.deduction_mode <> 'PAYMENT_TIME'
                ORDER BY o.placed_at DESC, o.number
                """, p -> p.number(1, row), number -> OrderNumber.parse(number.getString(1)));
    }
}
