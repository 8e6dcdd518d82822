package org.tierstock.dispatch.adapter.out.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tierstock.dispatch.application.port.DispatchLines;
import org.tierstock.dispatch.application.port.Outbounds;
import org.tierstock.dispatch.application.port.Refusals;
import org.tierstock.dispatch.application.port.Refusals.Place;
import org.tierstock.dispatch.application.port.StockRows;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.Sku;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.ledger.Ledger;
import org.tierstock.runtime.sql.Database;
import org.tierstock.testing.RowsRead;

/** What a job looks for it finds without reading the many that it can do nothing for. */
class JobsReadWhatIsDueTest {
    private static final int OTHERS = 20_000;
    private static final int MOST = 300;
    private static final Set<Integer> PARTITIONS = Set.of(0);

    private final PostgresAdapters adapters = new PostgresAdapters();
    private final Database database = adapters.database();
    private final RowsRead rowsRead = new RowsRead();

    @ParameterizedTest
    @EnumSource(RowsRead.Plans.class)
    void short_lines_of_a_key_are_found_behind_any_number_of_another(RowsRead.Plans plans) {
        Database counting = adapters.counting(rowsRead, plans);
        DispatchLines lines = new PostgresDispatchLines(counting, new Installation(counting));
        StockRows stockRows = new PostgresStockRows(counting, new Ledger(counting));
        shortLines("EAST", 1, OTHERS);
        shortLines("WEST", OTHERS + 1, OTHERS + 3);
        adapters.analyze();

        Set<ChannelKey> keys = counted(() -> lines.shortKeys(List.of(new Sku("S1"), new Sku("S2"))));
        Set<ChannelKey> west =
                keys.stream().filter(key -> key.shipRegion().equals("WEST")).collect(Collectors.toSet());

        assertThat(keys).extracting(ChannelKey::shipRegion).containsExactlyInAnyOrder("EAST", "WEST");
        assertThat(counted(() -> lines.waiting(west, 500))).hasSize(3);
        assertThat(counted(() -> lines.waiting(keys, 10)))
                .hasSize(10)
                .allMatch(line -> line.line().key().shipRegion().equals("EAST"));
    }

    @ParameterizedTest
    @EnumSource(RowsRead.Plans.class)
    void skus_whose_goods_are_missing_are_found_behind_any_number_that_were_just_recalled(RowsRead.Plans plans) {
        Database counting = adapters.counting(rowsRead, plans);
        StockRows stockRows = new PostgresStockRows(counting, new Ledger(counting));
        shortLines("EAST", 1, OTHERS);
        database.update("UPDATE dispatch_line SET sku = 'S' || substr(order_number, 5)", Database.Binder.NOTHING);
        database.update("""
                INSERT INTO sku_head (sku, partition, in_need) SELECT 'S' || n, 0, true FROM generate_series(1, ?) AS n
                """, p -> p.integer(1, OTHERS));
        List<Sku> all =
                IntStream.rangeClosed(1, OTHERS).mapToObj(n -> new Sku("S" + n)).toList();
        stockRows.recalled(all, 1_000);
        database.update(
                "UPDATE sku_head SET recall_after = '-infinity' WHERE sku IN ('S7', 'S9')", Database.Binder.NOTHING);
        database.update(
                "UPDATE dispatch_line SET shortage = 0, cancelled = 1 WHERE sku = 'S9'", Database.Binder.NOTHING);
        adapters.analyze();

        assertThat(counted(() -> stockRows.inNeed(PARTITIONS, 10))).containsExactly(new Sku("S7"), new Sku("S9"));

        stockRows.recalled(List.of(new Sku("S7"), new Sku("S9")), 0);

        assertThat(counted(() -> stockRows.inNeed(PARTITIONS, 10))).containsExactly(new Sku("S7"));
    }

    @ParameterizedTest
    @EnumSource(RowsRead.Plans.class)
    void outbounds_of_a_warehouse_are_found_behind_any_number_of_another(RowsRead.Plans plans) {
        Database counting = adapters.counting(rowsRead, plans);
        Outbounds outbounds = new PostgresOutbounds(counting, new Installation(counting));
        shortLines("EAST", 1, OTHERS + 2);
        outbounds("W1", 1, OTHERS);
        outbounds("W2", OTHERS + 1, OTHERS + 2);
        adapters.analyze();

        assertThat(counted(() -> outbounds.unanswered(PARTITIONS, 10)))
                .extracting(parcel -> parcel.outbound().warehouse())
                .hasSize(12)
                .endsWith("W2", "W2");

        database.update(
                "UPDATE outbound SET state = 'ANSWERED', release = outbound, release_quantity = 1",
                Database.Binder.NOTHING);
        adapters.analyze();

        assertThat(counted(() -> outbounds.unreleased(PARTITIONS, 10))).hasSize(12);
    }

    @ParameterizedTest
    @EnumSource(RowsRead.Plans.class)
    void refusals_that_may_end_are_found_behind_any_number_that_may_not(RowsRead.Plans plans) {
        Refusals refusals = new PostgresRefusals(adapters.counting(rowsRead, plans));
        refusals("W1", 1, OTHERS);
        refusals("W2", OTHERS + 1, OTHERS + 1);
        adapters.analyze();

        Place first = new Place("W1", 0);
        Place second = new Place("W2", 0);
        assertThat(counted(() -> refusals.places(PARTITIONS))).containsExactly(first, second);
        assertThat(counted(() -> refusals.due(Map.of(first, 0L, second, 9L), 10)))
                .extracting(Refusals.KeptBack::outbound)
                .containsExactly("OB-" + (OTHERS + 1));
    }

    private void shortLines(String region, int from, int to) {
        database.update("""
                INSERT INTO dispatch_order (order_number, ship_region, delivery_method, address_reference, trace_parent)
                SELECT 'web:' || n, ?, 'COURIER', 'a', '' FROM generate_series(?, ?) AS n
                """, p -> p.text(1, region).integer(2, from).integer(3, to));
        database.update("""
                INSERT INTO dispatch_line (order_number, line, partition, order_rank, sku, channel, delivery_method,
                                           quality, ship_region, quantity, allocated, shipped, shortage, cancelled,
                                           open, asked)
                SELECT order_number, 1, 0, rank, 'S1', 'web', 'COURIER', 'NORMAL', ship_region, 1, 0, 0, 1, 0, 0, 0
                FROM dispatch_order WHERE substr(order_number, 5)::integer BETWEEN ? AND ? ORDER BY rank
                """, p -> p.integer(1, from).integer(2, to));
    }

    private void outbounds(String warehouse, int from, int to) {
        database.update(
                """
                INSERT INTO outbound (outbound, partition, warehouse, number, order_number, order_line, sku, node,
                                      virtual_warehouse, owner, quality, quantity, state)
                SELECT 'OB-' || n, 0, ?, n, 'web:' || n, 1, 'S1', ?, 'MAIN', 'OWN', 'NORMAL', 1, 'REQUESTED'
                FROM generate_series(?, ?) AS n
                """,
                p -> p.text(1, warehouse).text(2, warehouse).integer(3, from).integer(4, to));
    }

    private void refusals(String warehouse, int from, int to) {
        database.update(
                """
                INSERT INTO refusal (outbound, warehouse, partition, sku, node, virtual_warehouse, owner, quality, held,
                                     at_sequence)
                SELECT 'OB-' || n, ?, 0, 'S1', ?, 'MAIN', 'OWN', 'NORMAL', 1, 9 FROM generate_series(?, ?) AS n
                """,
                p -> p.text(1, warehouse).text(2, warehouse).integer(3, from).integer(4, to));
    }

    private <T> T counted(Supplier<T> search) {
        rowsRead.clear();
        T answer = search.get();
        assertThat(rowsRead.above(MOST, 0)).isEmpty();
        return answer;
    }
}
