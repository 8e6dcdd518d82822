package org.tierstock.sales.adapter.out.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tierstock.movements.Sku;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.ToSales.StockGranted;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.runtime.posting.GroupCommit;
import org.tierstock.runtime.sql.DatabaseFailure;
import org.tierstock.sales.application.ApplyGrants;
import org.tierstock.sales.application.PlaceOrders;
import org.tierstock.sales.domain.DeductionMode;
import org.tierstock.sales.domain.PlaceOrder;
import org.tierstock.sales.domain.PlaceOutcome;
import org.tierstock.sales.fake.InMemoryChannels;
import org.tierstock.sales.fake.SalesLayer;
import org.tierstock.testing.EmbeddedDatabase;
import org.tierstock.testing.RowsRead;

/** Somebody holds the row of one SKU, as a person does who forgets a transaction. */
class HeldStockTest {
    private static final List<Sku> SKUS =
            IntStream.range(0, 30).mapToObj(i -> new Sku("sku-" + i)).toList();
    private static final Sku HELD = SKUS.get(7);

    private final EmbeddedDatabase embedded = EmbeddedDatabase.migrated("classpath:db/runtime", "classpath:db/sales");
    private final PostgresAdapters adapters = PostgresAdapters.of(
            embedded.dataSource(new RowsRead(), RowsRead.Plans.CUSTOM, "-c lock_timeout=500ms"), 1_000);
    private final PlaceOrders placeOrders = new PlaceOrders(
            new InMemoryChannels(SalesLayer.shop(DeductionMode.ORDER_TIME)),
            adapters.stockRows(),
            adapters.orders(),
            adapters.placements());
    private final CountDownLatch queued = new CountDownLatch(1);
    private final GroupCommit<PlaceOrder, PlaceOutcome> placing = new GroupCommit<>(
            "place-orders",
            new GroupCommit.Bounds(1, 1_000, 1_000, 10_000, Duration.ofMinutes(1)),
            order -> order.lines().size(),
            this::place,
            GroupCommit.Watcher.NOBODY);

    private Connection holder;
    private int orders;

    @BeforeEach
    void somebody_holds_a_row() throws SQLException {
        List<Received<StockGranted>> grants = new ArrayList<>();
        for (Sku sku : SKUS) {
            StockGranted grant = new StockGranted("GR-" + sku.code(), SalesLayer.key(sku.code()), "REGULAR", 10_000);
            long number = grants.size() + 1L;
            grants.add(new Received<>(grant, new StreamPosition(grant.stream(), grant.partition(), number), 1, number));
        }
        posted(() -> {
            new ApplyGrants(adapters.stockRows(), adapters.inbox()).apply(grants);
            return null;
        });
        holder = embedded.ownerDataSource().getConnection();
        holder.setAutoCommit(false);
        try (Statement statement = holder.createStatement()) {
            statement.execute("SELECT FROM stock WHERE sku = '" + HELD.code() + "' FOR UPDATE");
        }
    }

    @AfterEach
    void close() throws SQLException {
        holder.close();
        queued.countDown();
        placing.close();
    }

    private List<PlaceOutcome> place(List<PlaceOrder> asked) throws InterruptedException {
        queued.await();
        return posted(() -> placeOrders.place(asked));
    }

    private <T> T posted(Supplier<T> posting) {
        return adapters.transactions().inTransaction(posting);
    }

    private CompletableFuture<PlaceOutcome> order(Sku... skus) {
        PlaceOrder order = SalesLayer.order(
                "O" + orders++,
                IntStream.range(0, skus.length)
                        .mapToObj(i -> SalesLayer.line(i + 1, skus[i].code(), 1))
                        .toArray(PlaceOrder.Line[]::new));
        return placing.submit("shop", skus[0].code(), order).toCompletableFuture();
    }

    private static void assertPlaced(CompletableFuture<PlaceOutcome> order) {
        assertThat(order.join()).isInstanceOf(PlaceOutcome.Placed.class);
    }

    private static void assertRefused(CompletableFuture<PlaceOutcome> order) {
        assertThatThrownBy(order::join)
                .cause()
                .isInstanceOfSatisfying(
                        DatabaseFailure.class,
                        failure -> assertThat(failure.nothingDone()).isTrue());
    }

    @Test
    @Timeout(60)
    void the_orders_of_all_other_skus_are_placed_and_those_of_the_held_one_are_refused_until_it_is_free()
            throws SQLException {
        for (int round = 0; round < 3; round++) {
            List<CompletableFuture<PlaceOutcome>> needing = new ArrayList<>();
            List<CompletableFuture<PlaceOutcome>> others = new ArrayList<>();
            for (Sku sku : SKUS) {
                (sku.equals(HELD) ? needing : others).add(order(sku));
                needing.add(order(sku, HELD));
            }
            queued.countDown();

            assertThat(others).allSatisfy(HeldStockTest::assertPlaced);
            assertThat(needing).allSatisfy(HeldStockTest::assertRefused);
        }

        holder.rollback();
        CompletableFuture<PlaceOutcome> order = order(HELD);
        while (order.handle((outcome, failure) -> failure != null).join()) {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            order = order(HELD);
        }
        assertPlaced(order);
    }
}
