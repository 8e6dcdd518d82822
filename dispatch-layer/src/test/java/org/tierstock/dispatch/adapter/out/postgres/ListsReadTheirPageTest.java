package org.tierstock.dispatch.adapter.out.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tierstock.dispatch.application.port.DispatchOrderQueries;
import org.tierstock.dispatch.application.port.DispatchOrderQueries.Found;
import org.tierstock.dispatch.application.port.DispatchOrderQueries.Order;
import org.tierstock.dispatch.application.port.DispatchOrderQueries.State;
import org.tierstock.dispatch.application.port.StockQueries;
import org.tierstock.dispatch.application.port.StockQueries.AtCell;
import org.tierstock.dispatch.application.port.StockQueries.InRegion;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.sql.Database;
import org.tierstock.testing.RowsRead;

/** What a list reads is about what it answers, however many rows the filter leaves out. */
class ListsReadTheirPageTest {
    private static final int OTHERS = 20_000;
    private static final int MOST = 300;

    private final PostgresAdapters adapters = new PostgresAdapters();
    private final Database database = adapters.database();
    private final RowsRead rowsRead = new RowsRead();

    @ParameterizedTest
    @EnumSource(RowsRead.Plans.class)
    void lists_of_open_and_short_orders_read_no_orders_that_are_done(RowsRead.Plans plans) {
        DispatchOrderQueries orders = new PostgresDispatchOrderQueries(adapters.counting(rowsRead, plans));
        orders(1, OTHERS, "shipped");
        orders(OTHERS + 1, OTHERS + 3, "allocated");
        orders(OTHERS + 4, OTHERS + 5, "shortage");
        orders(OTHERS + 6, 2 * OTHERS, "shipped");
        adapters.analyze();

        List<Order> open = counted(() -> orders.list(null, State.OPEN, 0, 11).orders());
        assertThat(open).hasSize(5);
        assertThat(counted(() ->
                        orders.list(null, State.OPEN, open.get(3).rank(), 11).orders()))
                .containsExactly(open.get(4));
        assertThat(counted(() -> orders.list(null, State.SHORT, 0, 11).orders()))
                .containsExactly(open.get(3), open.get(4));
        assertThat(counted(() ->
                        orders.list(open.getFirst().order(), State.OPEN, 0, 11).orders()))
                .containsExactly(open.getFirst());
        assertThat(counted(() -> orders.list(null, State.CLOSED, 0, 11).orders()))
                .hasSize(11);
        assertThat(counted(() -> orders.shortages(null, 0, 11))).hasSize(2);
        assertThat(counted(() -> orders.shortages("S1", 0, 11))).hasSize(2);
        assertThat(counted(() -> orders.shortages("S2", 0, 11))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(RowsRead.Plans.class)
    void a_page_of_orders_has_no_more_lines_and_outbounds_than_fit(RowsRead.Plans plans) {
        DispatchOrderQueries orders = new PostgresDispatchOrderQueries(adapters.counting(rowsRead, plans));
        orders(1, 5, "allocated");
        database.update("""
                INSERT INTO outbound (outbound, partition, warehouse, number, order_number, order_line, sku, node,
                                      virtual_warehouse, owner, quality, quantity, state)
                SELECT order_number || '-' || n, 0, order_number, n, order_number, 1, 'S1', 'N1', 'MAIN', 'OWN', 'NORMAL', 1,
                       'ANSWERED'
                FROM dispatch_order CROSS JOIN generate_series(1, 4000) AS n
                """, Database.Binder.NOTHING);
        adapters.analyze();

        rowsRead.clear();
        Found first = orders.list(null, null, 0, 1000);
        assertThat(rowsRead.above(Limit.LINES + 4_000 + MOST, 0)).isEmpty();
        Found second = orders.list(null, null, first.orders().getLast().rank(), 1000);
        Found third = orders.list(null, null, second.orders().getLast().rank(), 1000);

        assertThat(List.of(first, second, third)).extracting(Found::more).containsExactly(true, true, false);
        assertThat(Stream.of(first, second, third).flatMap(page -> page.orders().stream()))
                .extracting(Order::order)
                .containsExactly("web:1", "web:2", "web:3", "web:4", "web:5");
    }

    @ParameterizedTest
    @EnumSource(RowsRead.Plans.class)
    void a_page_of_stock_reads_neither_other_nodes_nor_what_lies_behind_it(RowsRead.Plans plans) {
        StockQueries stock = new PostgresStockQueries(adapters.counting(rowsRead, plans));
        cells("N1", OTHERS);
        cells("N2", 3);
        cells("N3", OTHERS);
        database.update("INSERT INTO region VALUES ('EAST', 'East', 1), ('WEST', 'West', 1)", Database.Binder.NOTHING);
        database.update("""
                INSERT INTO node VALUES ('N1', '', 'OWN_WAREHOUSE', 'N1', '{EAST}', 1, 1),
                                        ('N2', '', 'OWN_WAREHOUSE', 'N2', '{EAST,WEST}', 1, 1)
                """, Database.Binder.NOTHING);
        adapters.analyze();

        List<AtCell> ofNode = counted(() -> stock.byNode(null, "N2", null, 11));
        assertThat(ofNode).hasSize(3);
        assertThat(counted(() -> stock.byNode(null, "N2", ofNode.get(1).cell(), 11)))
                .containsExactly(ofNode.get(2));
        assertThat(counted(() -> stock.byNode("S7", null, null, 11))).hasSize(2);
        assertThat(counted(() -> stock.inTotal(null, "", 11))).hasSize(11);
        assertThat(counted(() -> stock.byRegion(null, "", "", 11))).hasSize(11);
        assertThat(counted(() -> stock.byRegion(null, "EAST", "S9998", 11)))
                .extracting(InRegion::region)
                .containsExactly("EAST", "WEST", "WEST", "WEST");
    }

    private void orders(int from, int to, String bucket) {
        database.update("""
                INSERT INTO dispatch_order (order_number, ship_region, delivery_method, address_reference, trace_parent)
                SELECT 'web:' || n, 'EAST', 'COURIER', 'a', '' FROM generate_series(?, ?) AS n
                """, p -> p.integer(1, from).integer(2, to));
        database.update(
                """
                INSERT INTO dispatch_line (order_number, line, partition, order_rank, sku, channel, delivery_method,
                                           quality, ship_region, quantity, allocated, shipped, shortage, cancelled,
                                           open, asked)
                SELECT order_number, 1, 0, rank, 'S1', 'web', 'COURIER', 'NORMAL', 'EAST', 1,
                       (? = 'allocated')::integer, (? = 'shipped')::integer, (? = 'shortage')::integer, 0, 0, 0
                FROM dispatch_order WHERE substr(order_number, 5)::integer BETWEEN ? AND ?
                """,
                p -> p.text(1, bucket)
                        .text(2, bucket)
                        .text(3, bucket)
                        .integer(4, from)
                        .integer(5, to));
    }

    private void cells(String node, int skus) {
        database.update("""
                INSERT INTO cell_stock (partition, sku, node, virtual_warehouse, owner, quality, free)
                SELECT 0, 'S' || n, ?, 'MAIN', 'OWN', 'NORMAL', 1 FROM generate_series(1, ?) AS n
                """, p -> p.text(1, node).integer(2, skus));
    }

    private <T> T counted(Supplier<T> list) {
        rowsRead.clear();
        T answer = list.get();
        assertThat(rowsRead.above(MOST, 0)).isEmpty();
        return answer;
    }
}
