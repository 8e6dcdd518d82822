package org.tierstock.warehouse.adapter.out.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tierstock.runtime.paging.Limit;
import org.tierstock.runtime.sql.Database;
import org.tierstock.testing.RowsRead;
import org.tierstock.warehouse.application.port.OutboundQueries;
import org.tierstock.warehouse.application.port.OutboundQueries.Filter;
import org.tierstock.warehouse.application.port.OutboundQueries.Found;
import org.tierstock.warehouse.application.port.OutboundQueries.Place;
import org.tierstock.warehouse.application.port.OutboundQueries.State;
import org.tierstock.warehouse.application.port.Scope;
import org.tierstock.warehouse.application.port.StockQueries;
import org.tierstock.warehouse.domain.BatchKey;
import org.tierstock.warehouse.domain.Outbound;
import org.tierstock.warehouse.domain.StockKey;

/** What a list reads is about what it answers, however many rows the filter leaves out. */
class ListsReadTheirPageTest {
    private static final int OTHERS = 20_000;
    private static final int MOST = 300;
    private static final Scope ALL = new Scope(true, Set.of(), true, Set.of());

    private final PostgresAdapters adapters = new PostgresAdapters();
    private final Database database = adapters.database();
    private final RowsRead rowsRead = new RowsRead();

    @ParameterizedTest
    @EnumSource(RowsRead.Plans.class)
    void a_list_of_outbounds_reads_none_of_another_state_warehouse_or_order(RowsRead.Plans plans) {
        OutboundQueries outbounds = new PostgresOutboundQueries(adapters.counting(rowsRead, plans));
        outbounds("W1", 1, OTHERS, "shipped");
        outbounds("W2", 1, 3, "locked");
        outbounds("W2", 4, 5, "released");
        outbounds("W3", 1, OTHERS, "shipped");
        outbounds("W4", 1, 2, "locked");
        analyze();
        Scope two = new Scope(false, Set.of("W2", "W4"), true, Set.of());

        List<Outbound> open = counted(() -> outbounds
                .list(new Filter(null, State.OPEN, null, two), null, 11)
                .outbounds());
        assertThat(open).hasSize(5);
        assertThat(counted(() -> outbounds
                        .list(new Filter(null, State.OPEN, null, two), new Place("W2", 2, "W2-2"), 11)
                        .outbounds()))
                .containsExactlyElementsOf(open.subList(2, 5));
        assertThat(counted(() -> outbounds
                        .list(new Filter(null, null, null, two), null, 11)
                        .outbounds()))
                .hasSize(7);
        assertThat(counted(() -> outbounds
                        .list(new Filter(null, State.CLOSED, null, ALL), null, 11)
                        .outbounds()))
                .hasSize(2);
        assertThat(counted(() -> outbounds
                        .list(new Filter("W4", null, null, ALL), null, 11)
                        .outbounds()))
                .hasSize(2);
        assertThat(counted(() -> outbounds
                        .list(new Filter(null, null, "web:W3-7", ALL), null, 11)
                        .outbounds()))
                .hasSize(1);
        assertThat(counted(() -> outbounds
                        .list(new Filter(null, null, "web:W3-7", two), null, 11)
                        .outbounds()))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(RowsRead.Plans.class)
    void a_page_of_outbounds_names_no_more_places_than_fit(RowsRead.Plans plans) {
        OutboundQueries outbounds = new PostgresOutboundQueries(adapters.counting(rowsRead, plans));
        outbounds("W1", 1, 5, "locked");
        database.update("""
                INSERT INTO outbound_row
                SELECT outbound, 'B1', 'B-' || n, partition, false, 1 FROM outbound CROSS JOIN generate_series(1, 3999) AS n
                """, Database.Binder.NOTHING);
        database.update("UPDATE outbound SET quantity = 4000, locked = 4000", Database.Binder.NOTHING);
        analyze();
        Filter all = new Filter(null, null, null, ALL);

        rowsRead.clear();
        Found first = outbounds.list(all, null, 1000);
        assertThat(rowsRead.above(Limit.LINES + 4_000 + MOST, 0)).isEmpty();
        Found second = outbounds.list(all, new Place("W1", 2, "W1-2"), 1000);
        Found third = outbounds.list(all, new Place("W1", 4, "W1-4"), 1000);

        assertThat(List.of(first, second, third)).extracting(Found::more).containsExactly(true, true, false);
        assertThat(Stream.of(first, second, third).flatMap(page -> page.outbounds().stream()))
                .extracting(outbound -> outbound.order().outbound())
                .containsExactly("W1-1", "W1-2", "W1-3", "W1-4", "W1-5");
    }

    @ParameterizedTest
    @EnumSource(RowsRead.Plans.class)
    void a_list_of_stock_or_batches_reads_none_of_another_warehouse_or_sku(RowsRead.Plans plans) {
        StockQueries stock = new PostgresStockQueries(adapters.counting(rowsRead, plans));
        shelves("W1", OTHERS);
        shelves("W2", 3);
        shelves("W3", OTHERS);
        analyze();
        Scope one = new Scope(false, Set.of("W2"), true, Set.of());

        for (StockQueries.Filter filter :
                List.of(new StockQueries.Filter(null, List.of(), one), new StockQueries.Filter("W2", List.of(), ALL))) {
            List<StockQueries.Row> rows =
                    counted(() -> stock.stock(filter, null, 11).rows());
            assertThat(rows).hasSize(3);
            assertThat(counted(() -> stock.stock(filter, rows.get(1).key(), 11).rows()))
                    .containsExactly(rows.get(2));
            assertThat(counted(() -> stock.batches(filter, null, 11).rows())).hasSize(3);
        }
        StockQueries.Filter ofSku = new StockQueries.Filter(null, List.of("S7"), ALL);
        assertThat(counted(() -> stock.stock(ofSku, null, 11).rows())).hasSize(2);
        assertThat(counted(() -> stock.batches(ofSku, null, 11).rows())).hasSize(2);
        assertThat(counted(() -> stock.stock(new StockQueries.Filter(null, List.of(), ALL), null, 11)
                        .rows()))
                .hasSize(11);
    }

    @ParameterizedTest
    @EnumSource(RowsRead.Plans.class)
    void a_page_of_stock_looks_at_so_many_rows_however_many_are_empty_or_anothers(RowsRead.Plans plans) {
        StockQueries stock = new PostgresStockQueries(adapters.counting(rowsRead, plans));
        shelves("W1", OTHERS);
        shelves("W2", OTHERS);
        database.update("UPDATE shelf_stock SET available = 0 WHERE warehouse = 'W1'", Database.Binder.NOTHING);
        database.update(
                "UPDATE shelf_stock SET owner = 'BRAND', available = 1 WHERE warehouse = 'W1' AND sku IN ('S1', 'S9999')",
                Database.Binder.NOTHING);
        analyze();

        assertThat(all((StockKey after) -> stock.stock(new StockQueries.Filter("W1", List.of(), ALL), after, 500)))
                .extracting(row -> row.key().sku().code())
                .containsExactly("S1", "S9999");
        Scope brand = new Scope(true, Set.of(), false, Set.of("BRAND"));
        assertThat(all((StockKey after) -> stock.stock(new StockQueries.Filter(null, List.of(), brand), after, 1000)))
                .extracting(row -> row.key().sku().code())
                .containsExactly("S1", "S9999");
        assertThat(all((BatchKey after) -> stock.batches(new StockQueries.Filter("W1", List.of(), brand), after, 1000)))
                .isEmpty();
        StockQueries.Filter ofSkus = new StockQueries.Filter("W1", List.of("S1", "S2", "S9999"), ALL);
        assertThat(all((StockKey after) -> stock.stock(ofSkus, after, 1)))
                .extracting(row -> row.key().sku().code())
                .containsExactly("S1", "S9999");
        List<StockQueries.Row> full =
                all((StockKey after) -> stock.stock(new StockQueries.Filter("W2", List.of(), ALL), after, 1000));
        assertThat(full).hasSize(OTHERS);
        assertThat(Set.copyOf(full)).hasSize(OTHERS);
    }

    /** All pages, each of which reads no more than it may. */
    private <R, K> List<R> all(Function<K, StockQueries.Found<R, K>> list) {
        List<R> all = new ArrayList<>();
        K after = null;
        do {
            rowsRead.clear();
            StockQueries.Found<R, K> page = list.apply(after);
            assertThat(rowsRead.executions().stream()
                            .mapToLong(RowsRead.Execution::read)
                            .sum())
                    .isLessThanOrEqualTo(2 * Limit.MAX + MOST);
            all.addAll(page.rows());
            after = page.next();
        } while (after != null);
        return all;
    }

    private void outbounds(String warehouse, int from, int to, String bucket) {
        database.update(
                """
                INSERT INTO outbound (outbound, partition, warehouse, number, order_number, order_line, sku,
                                      virtual_warehouse, owner, quality, quantity, address_reference, ship_region,
                                      delivery_method, trace_parent, asker_epoch, asker_journal, answered_at, locked,
                                      shipped, lost, released, refused)
                SELECT w || '-' || n, 0, w, n, 'web:' || w || '-' || n, 1, 'COLA', 'MAIN', 'OWN', 'NORMAL', 1, 'A', 'EAST',
                       'COURIER', '', 1, 1, 0, (b = 'locked')::integer, (b = 'shipped')::integer, 0,
                       (b = 'released')::integer, 0
                FROM generate_series(?, ?) AS n CROSS JOIN (VALUES (?, ?)) AS v (w, b)
                """, p -> p.integer(1, from).integer(2, to).text(3, warehouse).text(4, bucket));
        database.update("""
                INSERT INTO outbound_row
                SELECT outbound, 'B1', 'A-1', partition, false, locked FROM outbound WHERE locked > 0 AND warehouse = ?
                ON CONFLICT DO NOTHING
                """, p -> p.text(1, warehouse));
    }

    private void shelves(String warehouse, int skus) {
        database.update("""
                INSERT INTO shelf_stock (partition, warehouse, sku, virtual_warehouse, owner, quality, batch, location,
                                         available)
                SELECT 0, ?, 'S' || n, 'MAIN', 'OWN', 'NORMAL', 'B1', 'A-1', 1 FROM generate_series(1, ?) AS n
                """, p -> p.text(1, warehouse).integer(2, skus));
        database.update("""
                INSERT INTO batch (warehouse, sku, owner, batch, partition, received_at)
                SELECT ?, 'S' || n, 'OWN', 'B1', 0, now() FROM generate_series(1, ?) AS n
                """, p -> p.text(1, warehouse).integer(2, skus));
    }

    private void analyze() {
        adapters.owner().update("VACUUM ANALYZE", Database.Binder.NOTHING);
    }

    private <T> T counted(Supplier<T> list) {
        rowsRead.clear();
        T answer = list.get();
        assertThat(rowsRead.above(MOST, 0)).isEmpty();
        return answer;
    }
}
