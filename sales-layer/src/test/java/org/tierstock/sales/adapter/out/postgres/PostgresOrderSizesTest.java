package org.tierstock.sales.adapter.out.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.ToSales.StockGranted;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.runtime.sql.Database;
import org.tierstock.sales.application.ApplyGrants;
import org.tierstock.sales.application.PlaceOrders;
import org.tierstock.sales.domain.DeductionMode;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.PlaceOrder;
import org.tierstock.sales.domain.PlaceOutcome;
import org.tierstock.sales.fake.InMemoryChannels;
import org.tierstock.sales.fake.SalesLayer;
import org.tierstock.testing.EmbeddedDatabase;

class PostgresOrderSizesTest {
    private final EmbeddedDatabase embedded = EmbeddedDatabase.migrated("classpath:db/runtime", "classpath:db/sales");
    private final PostgresAdapters adapters = PostgresAdapters.of(embedded.dataSource(), 1_000);
    private final PostgresOrderSizes sizes = new PostgresOrderSizes(new Database(embedded.dataSource()));

    private static PlaceOrder order(String number, int lines) {
        return SalesLayer.order(
                number,
                IntStream.rangeClosed(1, lines)
                        .mapToObj(line -> SalesLayer.line(line, "tea", 1))
                        .toArray(PlaceOrder.Line[]::new));
    }

    @Test
    void of_each_order_is_told_how_many_lines_it_has_in_the_order_asked_and_of_an_unknown_one_none() {
        StockGranted grant = new StockGranted("GR-1", SalesLayer.key("tea"), "REGULAR", 10_000);
        Received<StockGranted> received =
                new Received<>(grant, new StreamPosition(grant.stream(), grant.partition(), 1), 1, 1);
        PlaceOrders placeOrders = new PlaceOrders(
                new InMemoryChannels(SalesLayer.shop(DeductionMode.ORDER_TIME)),
                adapters.stockRows(),
                adapters.orders(),
                adapters.placements());
        List<PlaceOutcome> outcomes = new ArrayList<>();
        adapters.transactions().inTransaction(() -> {
            new ApplyGrants(adapters.stockRows(), adapters.inbox()).apply(List.of(received));
            return null;
        });
        adapters.transactions()
                .inTransaction(
                        () -> outcomes.addAll(placeOrders.place(List.of(order("large", 300), order("small", 2)))));
        assertThat(outcomes).hasSize(2).hasOnlyElementsOfType(PlaceOutcome.Placed.class);

        OrderNumber large = SalesLayer.number("large");
        OrderNumber small = SalesLayer.number("small");
        assertThat(sizes.lines(List.of(small, SalesLayer.number("none"), large, small)))
                .containsExactly(2, 0, 300, 2);
    }
}
