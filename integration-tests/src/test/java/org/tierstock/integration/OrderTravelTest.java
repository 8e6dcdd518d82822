package org.tierstock.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One receipt and one order on their way through all three services, and what may happen to them. */
class OrderTravelTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private static long number(JsonNode node, String field) {
        return node.get(field).asLong();
    }

    @Test
    void a_repeated_order_gets_its_first_answer_and_another_content_is_refused() {
        Shop shop = Shop.open("repeat");
        shop.receiveUnits(shop.warehouse, "A-1", 3);
        shop.awaitSellable(3);

        Rest.Answer first = shop.place("SAME", 2);
        Rest.Answer again = shop.place("SAME", 2);
        Rest.Answer other = shop.place("SAME", 1);

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.replayed()).isTrue();
        assertThat(again.body().get("orderNumber")).isEqualTo(first.body().get("orderNumber"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.code()).isEqualTo("DOCUMENT_REUSED");
        assertThat(shop.sellable()).isEqualTo(1);
    }

    @Test
    void an_unpaid_order_with_a_timer_gives_its_units_back() {
        Shop shop = Shop.open("expire", "PRE_HOLD", 2, 1);
        shop.receiveUnits(shop.warehouse, "A-1", 4);
        shop.awaitSellable(4);

        String order = shop.placed(3);
        assertThat(shop.sellable()).isEqualTo(1);

        shop.awaitSellable(4);
        assertThat(shop.order(order).get("lines").get(0).get("state").asText()).isEqualTo("EXPIRED");
    }

    @Test
    void a_payment_after_the_time_out_takes_the_units_if_they_are_still_there_and_else_asks_for_a_refund() {
        Shop shop = Shop.open("latepay", "PRE_HOLD", 1, 1);
        shop.receiveUnits(shop.warehouse, "A-1", 3);
        shop.awaitSellable(3);
        String early = shop.placed(2);
        shop.awaitSellable(3);
        String late = shop.placed(2);
        shop.awaitSellable(3);

        assertThat(shop.pay(early).ok().body().get("outcome").asText()).isEqualTo("PAID");
        assertThat(shop.pay(late).ok().body().get("outcome").asText()).isEqualTo("REFUND_DUE");

        assertThat(shop.sellable()).isEqualTo(1);
    }

    @Test
    void a_part_of_a_paid_line_is_cancelled_and_the_rest_is_shipped() {
        Shop shop = Shop.open("part");
        shop.receiveUnits(shop.warehouse, "A-1", 10);
        shop.awaitSellable(10);
        String order = shop.placed(6);
        shop.pay(order).ok();
        shop.awaitLocked(order, 6);

        shop.cancel(order, 2).ok();
        shop.awaitSellable(6);
        shop.shipAll(order, 4);

        await().atMost(SOON).untilAsserted(() -> {
            JsonNode line = shop.dispatchLine(order);
            assertThat(List.of(number(line, "shipped"), number(line, "cancelled"), number(line, "allocated")))
                    .containsExactly(4L, 2L, 0L);
        });
        await().atMost(SOON).untilAsserted(() -> {
            JsonNode line = shop.order(order).get("lines").get(0);
            assertThat(number(line, "reversed")).isEqualTo(2);
            assertThat(number(line, "pendingCancel")).isZero();
        });
        assertThat(shop.warehouseStock()).containsExactly(6L, 0L, 0L);
    }

    @Test
    void what_has_been_picked_is_not_released_any_more() {
        Shop shop = Shop.open("picked");
        shop.receiveUnits(shop.warehouse, "A-1", 5);
        shop.awaitSellable(5);
        String order = shop.placed(5);
        shop.pay(order).ok();
        String outbound = shop.awaitLocked(order, 5).getFirst().get("outbound").asText();
        shop.pick(outbound, "A-1", 3, 3).ok();

        shop.cancel(order).ok();
        shop.awaitSellable(2);
        shop.ship(outbound, 3).ok();

        await().atMost(SOON).untilAsserted(() -> {
            JsonNode line = shop.dispatchLine(order);
            assertThat(List.of(number(line, "shipped"), number(line, "cancelled")))
                    .containsExactly(3L, 2L);
        });
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(number(shop.order(order).get("lines").get(0), "pendingCancel"))
                                .isZero());
    }

    @Test
    void a_counted_loss_reaches_the_channel() {
        Shop shop = Shop.open("loss");
        shop.receiveUnits(shop.warehouse, "A-1", 10);
        shop.awaitSellable(10);

        shop.count(shop.warehouse, "A-1", 7);
        shop.awaitSellable(7);
        shop.count(shop.warehouse, "A-1", 12);
        shop.awaitSellable(12);

        assertThat(shop.warehouseStock()).containsExactly(12L, 0L, 0L);
    }

    @Test
    void a_shelf_that_lost_locked_goods_is_covered_from_another_node() {
        Shop shop = Shop.open("cover");
        String second = shop.warehouse + "-2";
        shop.receiveUnits(shop.warehouse, "A-1", 5);
        shop.awaitSellable(5);
        String order = shop.placed(5);
        shop.pay(order).ok();
        shop.awaitLocked(order, 5);
        shop.addWarehouse(second, 2, 1);
        shop.share(shop.warehouse, second);
        shop.receiveUnits(second, "A-1", 4);
        shop.awaitSellable(4);

        shop.count(shop.warehouse, "A-1", 3);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(shop.outbounds(order))
                        .extracting(o -> o.get("locked").asLong())
                        .containsExactlyInAnyOrder(3L, 2L));
        shop.shipAll(order, 5);
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(number(shop.dispatchLine(order), "shipped")).isEqualTo(5));
        // The paid order came before the offer.
        assertThat(shop.sellable()).isEqualTo(2);
    }

    @Test
    void a_short_pick_that_no_node_can_cover_is_a_shortage_until_goods_arrive() {
        Shop shop = Shop.open("short");
        shop.receiveUnits(shop.warehouse, "A-1", 5);
        shop.awaitSellable(5);
        String order = shop.placed(5);
        shop.pay(order).ok();
        String outbound = shop.awaitLocked(order, 5).getFirst().get("outbound").asText();

        shop.pick(outbound, "A-1", 5, 3).ok();

        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(number(shop.dispatchLine(order), "short")).isEqualTo(2));
        shop.receiveUnits(shop.warehouse, "A-2", 2);
        shop.shipAll(order, 5);
        await().atMost(SOON).untilAsserted(() -> {
            JsonNode line = shop.dispatchLine(order);
            assertThat(List.of(number(line, "short"), number(line, "shipped"))).containsExactly(0L, 5L);
        });
    }

    @Test
    void an_order_that_one_node_cannot_fill_is_split_over_two() {
        Shop shop = Shop.open("split");
        String second = shop.warehouse + "-2";
        shop.addWarehouse(second, 2, 1);
        shop.share(shop.warehouse, second);
        shop.receiveUnits(shop.warehouse, "A-1", 3);
        shop.receiveUnits(second, "A-1", 3);
        shop.awaitSellable(6);

        String order = shop.placed(5);
        shop.pay(order).ok();

        assertThat(shop.awaitLocked(order, 5))
                .extracting(o -> o.get("locked").asLong())
                .containsExactlyInAnyOrder(3L, 2L);
    }
}
