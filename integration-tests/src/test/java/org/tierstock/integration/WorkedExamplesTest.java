package org.tierstock.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The examples that the field's articles compute by hand, through all three services. */
class WorkedExamplesTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    @DisplayName("S109: 500 cases, 100 locked, 400 available, cancelled back to 500")
    void s109_cola() {
        Shop shop = Shop.open("s109", "ORDER_TIME", 0, 24);
        shop.receiveCases(500);
        shop.awaitSellable(500 * 24);

        String order = shop.placed(100 * 24);
        shop.pay(order).ok();
        shop.awaitLocked(order, 100 * 24);
        assertThat(shop.warehouseStock()).containsExactly(400L * 24, 100L * 24, 0L);

        shop.cancel(order).ok();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(shop.warehouseStock()).containsExactly(500L * 24, 0L, 0L));
        shop.awaitSellable(500 * 24);
    }

    @Test
    @DisplayName("S117: 10 phones, 1 locked, 9 sellable, shipped: 9/0/9")
    void s117_phone() {
        Shop shop = Shop.open("s117");
        shop.receiveUnits(shop.warehouse, "A-1", 10);
        shop.awaitSellable(10);

        String order = shop.placed(1);
        assertThat(shop.sellable()).isEqualTo(9);
        assertThat(shop.salesBucket("locked")).isEqualTo(1);

        shop.pay(order).ok();
        shop.awaitLocked(order, 1);
        assertThat(shop.warehouseStock()).containsExactly(9L, 1L, 0L);

        shop.shipAll(order, 1);
        assertThat(shop.warehouseStock()).containsExactly(9L, 0L, 0L);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(shop.dispatchBucket("onHand")).isEqualTo(9));
        assertThat(shop.sellable()).isEqualTo(9);
        assertThat(shop.salesBucket("sold")).isEqualTo(1);
    }

    @Test
    @DisplayName("S115: 10 on the shelf, 3 sold, 7 may be sold")
    void s115_inventory_is_not_the_warehouse_count() {
        Shop shop = Shop.open("s115");
        shop.receiveUnits(shop.warehouse, "A-1", 10);
        shop.awaitSellable(10);

        String order = shop.placed(3);
        shop.pay(order).ok();
        shop.awaitLocked(order, 3);

        assertThat(shop.warehouseStock()).containsExactly(7L, 3L, 0L);
        assertThat(shop.dispatchBucket("onHand")).isEqualTo(10);
        assertThat(shop.sellable()).isEqualTo(7);
    }

    @Test
    @DisplayName("S24: 2 units, deducted at the order: locked when placed, sold when paid")
    void s24_order_time() {
        Shop shop = Shop.open("s24o", "ORDER_TIME", 0, 1);
        shop.receiveUnits(shop.warehouse, "A-1", 2);
        shop.awaitSellable(2);

        String order = shop.placed(2);
        assertThat(List.of(shop.salesBucket("sellable"), shop.salesBucket("locked"), shop.salesBucket("sold")))
                .containsExactly(0L, 2L, 0L);
        assertThat(shop.place(1).code()).isEqualTo("INSUFFICIENT_STOCK");

        shop.pay(order).ok();
        assertThat(List.of(shop.salesBucket("sellable"), shop.salesBucket("locked"), shop.salesBucket("sold")))
                .containsExactly(0L, 0L, 2L);
    }

    @Test
    @DisplayName("S24: 2 units, deducted at payment: nothing moves when placed, the later payer is told sold out")
    void s24_payment_time() {
        Shop shop = Shop.open("s24p", "PAYMENT_TIME", 0, 1);
        shop.receiveUnits(shop.warehouse, "A-1", 2);
        shop.awaitSellable(2);

        String first = shop.placed(2);
        String second = shop.placed(2);
        assertThat(List.of(shop.salesBucket("sellable"), shop.salesBucket("locked"), shop.salesBucket("sold")))
                .containsExactly(2L, 0L, 0L);

        assertThat(shop.pay(second).ok().body().get("outcome").asText()).isEqualTo("PAID");
        assertThat(shop.pay(first).ok().body().get("outcome").asText()).isEqualTo("REFUND_DUE");
        assertThat(List.of(shop.salesBucket("sellable"), shop.salesBucket("locked"), shop.salesBucket("sold")))
                .containsExactly(0L, 0L, 2L);
    }

    @Test
    @DisplayName("S122: 5 on the shelf and 10 asked for is refused; 10 on the shelf and 5 asked for is sold")
    void s122_neither_oversold_nor_undersold() {
        Shop shop = Shop.open("s122");
        shop.receiveUnits(shop.warehouse, "A-1", 5);
        shop.awaitSellable(5);

        assertThat(shop.place(10).status()).isEqualTo(409);
        shop.receiveUnits(shop.warehouse, "A-1", 5);
        shop.awaitSellable(10);

        assertThat(shop.place(5).status()).isEqualTo(201);
        assertThat(shop.sellable()).isEqualTo(5);
    }
}
