package org.tierstock.sales.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tierstock.sales.fake.SalesLayer.line;
import static org.tierstock.sales.fake.SalesLayer.order;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.Sku;
import org.tierstock.sales.domain.Channel;
import org.tierstock.sales.domain.DeductionMode;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.PlaceOrder;
import org.tierstock.sales.domain.PlaceOutcome;
import org.tierstock.sales.domain.PlaceOutcome.DocumentReused;
import org.tierstock.sales.domain.PlaceOutcome.InsufficientStock;
import org.tierstock.sales.domain.PlaceOutcome.MissingShipRegion;
import org.tierstock.sales.domain.PlaceOutcome.Placed;
import org.tierstock.sales.domain.PlaceOutcome.Shortage;
import org.tierstock.sales.domain.PlaceOutcome.UnknownChannel;
import org.tierstock.sales.fake.SalesLayer;
import org.tierstock.testing.SettableClock;

class PlaceOrdersTest {
    private final SalesLayer sales = SalesLayer.with(DeductionMode.ORDER_TIME);

    @Test
    void s122_five_on_hand_sell_five_of_ten_and_ten_on_hand_sell_all_five() {
        sales.grant("few", 5);
        sales.grant("many", 10);

        for (int i = 0; i < 10; i++) {
            PlaceOutcome outcome = sales.place("few-" + i, "few", 1);
            assertThat(outcome).isInstanceOf(i < 5 ? Placed.class : InsufficientStock.class);
        }
        for (int i = 0; i < 5; i++) {
            assertThat(sales.place("many-" + i, "many", 1)).isInstanceOf(Placed.class);
        }

        assertThat(sales.balances("few")).containsExactly(0L, 5L, 0L);
        assertThat(sales.balances("many")).containsExactly(5L, 5L, 0L);
    }

    @Test
    void a_refused_order_leaves_the_others_of_its_batch_untouched() {
        sales.grant("tea", 5);

        List<PlaceOutcome> outcomes = sales.place(
                order("1", line(1, "tea", 3)), order("2", line(1, "tea", 3)), order("3", line(1, "tea", 2)));

        assertThat(outcomes.get(0)).isInstanceOf(Placed.class);
        assertThat(outcomes.get(1)).isEqualTo(new InsufficientStock(List.of(new Shortage(new Sku("tea"), 3, 2))));
        assertThat(outcomes.get(2)).isInstanceOf(Placed.class);
        assertThat(sales.balances("tea")).containsExactly(0L, 5L, 0L);
    }

    @Test
    void a_retry_gets_its_success_even_after_the_sell_out() {
        sales.grant("tea", 2);
        sales.place("1", "tea", 2);
        assertThat(sales.place("2", "tea", 1)).isInstanceOf(InsufficientStock.class);

        PlaceOutcome again = sales.place("1", "tea", 2);

        assertThat(again)
                .isInstanceOfSatisfying(
                        Placed.class, placed -> assertThat(placed.replayed()).isTrue());
        assertThat(sales.balances("tea")).containsExactly(0L, 2L, 0L);
    }

    @Test
    void the_same_number_twice_in_one_batch_locks_once() {
        sales.grant("tea", 5);

        List<PlaceOutcome> outcomes = sales.place(order("1", line(1, "tea", 2)), order("1", line(1, "tea", 2)));

        assertThat(outcomes)
                .extracting(outcome -> ((Placed) outcome).replayed())
                .containsExactly(false, true);
        assertThat(sales.balances("tea")).containsExactly(3L, 2L, 0L);
    }

    @Test
    void the_same_number_with_other_content_is_refused_before_and_after_the_sell_out() {
        sales.grant("tea", 3);
        sales.place("1", "tea", 2);

        assertThat(sales.place("1", "tea", 1)).isEqualTo(new DocumentReused(SalesLayer.number("1")));
        sales.place("2", "tea", 1);
        sales.place("3", "tea", 1);
        assertThat(sales.place("1", "tea", 1)).isEqualTo(new DocumentReused(SalesLayer.number("1")));
    }

    @Test
    void a_refused_order_may_be_asked_again_when_stock_has_come() {
        sales.grant("tea", 1);
        assertThat(sales.place("1", "tea", 2)).isInstanceOf(InsufficientStock.class);
        sales.grant("tea", 1);

        assertThat(sales.place("1", "tea", 2)).isInstanceOf(Placed.class);
    }

    @Test
    void what_was_never_granted_is_out_of_stock() {
        assertThat(sales.place("1", "ghost", 1))
                .isEqualTo(new InsufficientStock(List.of(new Shortage(new Sku("ghost"), 1, 0))));
    }

    @Test
    void an_unknown_channel_is_refused() {
        assertThat(sales.place(orderOf("nobody"))).containsExactly(new UnknownChannel("nobody"));
    }

    private static PlaceOrder orderOf(String channel) {
        return new PlaceOrder(new OrderNumber(channel, "1"), null, 0, "", "", "", "", List.of(line(1, "tea", 1)), "");
    }

    @Test
    void orders_of_channels_that_do_not_exist_cost_their_batch_one_look_however_many_names_were_invented() {
        List<Set<String>> looks = new ArrayList<>();
        PlaceOrders placeOrders = new PlaceOrders(
                codes -> {
                    looks.add(codes);
                    return Map.of();
                },
                null,
                null,
                null);
        List<String> invented =
                IntStream.range(0, 100).mapToObj(i -> "invented-" + i).toList();

        List<PlaceOutcome> outcomes = placeOrders.place(
                invented.stream().map(PlaceOrdersTest::orderOf).toList());

        assertThat(outcomes)
                .isEqualTo(invented.stream().map(UnknownChannel::new).toList());
        assertThat(looks).containsExactly(Set.copyOf(invented));
    }

    @Test
    void an_order_without_a_ship_region_is_refused_when_its_channel_has_none() {
        SalesLayer sales =
                new SalesLayer(new Channel("shop", "Shop", "shop", DeductionMode.ORDER_TIME, 0, "EXPRESS", ""));

        assertThat(sales.place("1", "tea", 1)).isEqualTo(new MissingShipRegion("shop"));
    }

    @Test
    void two_channels_sell_from_one_stock_source() {
        SalesLayer sales = new SalesLayer(
                SalesLayer.shop(DeductionMode.ORDER_TIME),
                new Channel("twin", "Twin", "shop", DeductionMode.ORDER_TIME, 0, "EXPRESS", "EAST"));
        sales.grant("tea", 3);

        sales.place("1", "tea", 2);
        PlaceOrder asked =
                new PlaceOrder(new OrderNumber("twin", "1"), null, 0, "", "", "", "", List.of(line(1, "tea", 2)), "");

        assertThat(sales.place(asked).getFirst())
                .isEqualTo(new InsufficientStock(List.of(new Shortage(new Sku("tea"), 2, 1))));
    }

    @Test
    void an_order_that_holds_for_a_time_says_until_when() {
        SalesLayer sales = SalesLayer.with(DeductionMode.PRE_HOLD);
        sales.grant("tea", 1);

        assertThat(sales.place("1", "tea", 1))
                .isInstanceOfSatisfying(
                        Placed.class,
                        placed ->
                                assertThat(placed.order().expiresAt()).isEqualTo(SettableClock.START.plusSeconds(900)));
    }
}
