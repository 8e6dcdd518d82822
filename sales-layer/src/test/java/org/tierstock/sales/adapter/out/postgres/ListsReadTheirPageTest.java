package org.tierstock.sales.adapter.out.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.sql.Database;
import org.tierstock.sales.application.port.OrderQueries;
import org.tierstock.sales.application.port.StockQueries;
import org.tierstock.sales.domain.Order;
import org.tierstock.sales.domain.OrderState;
import org.tierstock.testing.EmbeddedDatabase;
import org.tierstock.testing.RowsRead;

/** What a list reads is about what it answers, however many rows the filter leaves out. */
class ListsReadTheirPageTest {
    private static final int OTHERS = 20_000;
    private static final int MOST = 300;

    private final EmbeddedDatabase embedded = EmbeddedDatabase.migrated("classpath:db/runtime", "classpath:db/sales");
    private final Database database = new Database(embedded.dataSource());
    private final RowsRead rowsRead = new RowsRead();

    private Database counting(RowsRead.Plans plans) {
        return new Database(embedded.dataSource(rowsRead, plans, ""));
    }

    private OrderQueries orders(RowsRead.Plans plans) {
        Database counting = counting(plans);
        return new PostgresOrderQueries(counting, new KnownKeys(100), new OrderIds(counting));
    }

    @ParameterizedTest
    @EnumSource(RowsRead.Plans.class)
    void a_list_of_orders_by_state_reads_no_orders_of_another_state(RowsRead.Plans plans) {
        OrderQueries orders = orders(plans);
        long row = stock("web", 1, 1).getFirst();
        orders("web", 1, OTHERS, "PAID", row);
        orders("web", OTHERS + 1, OTHERS + 3, "REFUND", row);
        analyze();

        for (OrderQueries.Filter filter : List.of(
                new OrderQueries.Filter(false, Set.of("web"), Optional.of(OrderState.REFUND)),
                new OrderQueries.Filter(true, Set.of(), Optional.of(OrderState.REFUND)))) {
            List<Order> found = counted(() -> orders.list(filter, "", 11).orders());
            assertThat(found).hasSize(3);
            assertThat(counted(
                            () -> orders.list(filter, found.getFirst().number().text(), 11)
                                    .orders()))
                    .containsExactly(found.get(1), found.get(2));
        }
    }

    @ParameterizedTest
    @EnumSource(RowsRead.Plans.class)
    void a_list_of_orders_of_two_channels_reads_no_orders_of_the_channels_between_them(RowsRead.Plans plans) {
        OrderQueries orders = orders(plans);
        long row = stock("web", 1, 1).getFirst();
        orders("a", 1, 3, "PAID", row);
        orders("m", 1, OTHERS, "PAID", row);
        orders("z", 1, 3, "PAID", row);
        analyze();

        assertThat(counted(() -> orders.list(
                                new OrderQueries.Filter(false, Set.of("a", "z"), Optional.empty()), "a:2", 11)
                        .orders()))
                .extracting(order -> order.number().text())
                .containsExactly("a:3", "z:1", "z:2", "z:3");
    }

    @ParameterizedTest
    @EnumSource(RowsRead.Plans.class)
    void a_page_of_orders_has_no_more_lines_than_fit_and_the_next_one_begins_behind_it(RowsRead.Plans plans) {
        OrderQueries orders = orders(plans);
        long row = stock("web", 1, 1).getFirst();
        orders("web", 1, 3, "PLACED", row);
        orders("web", 4, 9, "PLACED", row, 4_000);
        orders("x", 1, OTHERS, "PLACED", row);
        analyze();
        List<Integer> pages = new ArrayList<>();
        List<String> numbers = new ArrayList<>();
        OrderQueries.Found page;
        do {
            String after = numbers.isEmpty() ? "" : numbers.getLast();
            rowsRead.clear();
            page = orders.list(new OrderQueries.Filter(false, Set.of("web"), Optional.empty()), after, 1000);
            assertThat(rowsRead.above(Limit.LINES + 4_000 + MOST, 0)).isEmpty();
            pages.add(page.orders().size());
            page.orders().forEach(order -> numbers.add(order.number().text()));
        } while (page.more());

        assertThat(pages).containsExactly(5, 2, 2);
        assertThat(numbers).hasSize(9).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void an_order_with_more_lines_than_a_page_has_is_a_page() {
        long row = stock("web", 1, 1).getFirst();
        orders("web", 1, 2, "PLACED", row, Limit.LINES + 1);
        analyze();
        OrderQueries.Filter all = new OrderQueries.Filter(true, Set.of(), Optional.empty());
        OrderQueries orders = orders(RowsRead.Plans.CUSTOM);

        OrderQueries.Found first = orders.list(all, "", 1000);
        OrderQueries.Found second = orders.list(all, "web:1", 1000);

        assertThat(first.orders()).extracting(order -> order.number().text()).containsExactly("web:1");
        assertThat(first.more()).isTrue();
        assertThat(second.orders()).extracting(order -> order.number().text()).containsExactly("web:2");
        assertThat(second.more()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(RowsRead.Plans.class)
    void a_list_of_stock_of_a_source_reads_no_rows_of_another_source(RowsRead.Plans plans) {
        Database counting = counting(plans);
        StockQueries stock = new PostgresStockQueries(counting, new KnownKeys(100));
        stock("others", 1, OTHERS);
        stock("web", 1, 3);
        analyze();

        assertThat(counted(() -> stock.list(new StockQueries.Filter(Set.of(), false, Set.of("web", "shop")), 0, 11)))
                .hasSize(3);
        assertThat(counted(() -> stock.list(new StockQueries.Filter(Set.of("S2"), true, Set.of()), 0, 11)))
                .hasSize(2);
    }

    private List<Long> stock(String channel, int from, int to) {
        return database.query("""
                INSERT INTO stock (partition, channel, delivery_method, quality, ship_region, sku, pool)
                SELECT 0, ?, 'COURIER', 'NORMAL', 'EAST', 'S' || n, 'REGULAR' FROM generate_series(?, ?) AS n
                RETURNING row_id
                """, p -> p.text(1, channel).integer(2, from).integer(3, to), row -> row.getLong(1));
    }

    private void orders(String channel, int from, int to, String state, long stockRow) {
        orders(channel, from, to, state, stockRow, 1);
    }

    private void orders(String channel, int from, int to, String state, long stockRow, int lines) {
        database.update(
                """
                INSERT INTO sales_order (number, order_id, partition, content_hash, state, deduction_mode, delivery_method,
                                         ship_region, buyer, address_reference, trace_parent, placed_at)
                SELECT ? || ':' || n, hashtextextended(? || n, 0), 0, 0, ?, 'ORDER_TIME', 'COURIER', 'EAST', 'b', 'a', '',
                       now()
                FROM generate_series(?, ?) AS n
                """,
                p -> p.text(1, channel)
                        .text(2, channel)
                        .text(3, state)
                        .integer(4, from)
                        .integer(5, to));
        database.update("""
                INSERT INTO order_line (order_id, line, partition, row_id, quantity, state, hand_over)
                SELECT order_id, n, 0, ?, 1, state, CASE state WHEN 'PAID' THEN 1 END
                FROM sales_order CROSS JOIN generate_series(1, ?) AS n
                WHERE NOT EXISTS (SELECT FROM order_line l WHERE l.order_id = sales_order.order_id)
                """, p -> p.number(1, stockRow).integer(2, lines));
    }

    private void analyze() {
        new Database(embedded.ownerDataSource()).update("VACUUM ANALYZE", Database.Binder.NOTHING);
    }

    private <T> T counted(Supplier<T> list) {
        rowsRead.clear();
        T answer = list.get();
        assertThat(rowsRead.above(MOST, 0)).isEmpty();
        return answer;
    }
}
