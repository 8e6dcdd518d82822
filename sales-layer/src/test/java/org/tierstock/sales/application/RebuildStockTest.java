package org.tierstock.sales.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.movements.protocol.ToDispatch.RevocationSettled;
import org.tierstock.movements.protocol.ToSales.SaleReversed;
import org.tierstock.movements.protocol.ToSales.StockRevoked;
import org.tierstock.runtime.exchange.CannotApply;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.sales.application.RebuildStock.Lost;
import org.tierstock.sales.domain.CancelOrder;
import org.tierstock.sales.domain.CancelOutcome.Cancelled;
import org.tierstock.sales.domain.Cancellation;
import org.tierstock.sales.domain.DeductionMode;
import org.tierstock.sales.domain.LineState;
import org.tierstock.sales.domain.OrderSheet;
import org.tierstock.sales.domain.OrderState;
import org.tierstock.sales.domain.PaymentOutcome.Paid;
import org.tierstock.sales.domain.PlaceOrder;
import org.tierstock.sales.domain.PlaceOutcome.Placed;
import org.tierstock.sales.fake.SalesLayer;

/** One layer loses its history; another one, as its backup has it, is told of it by dispatch. */
class RebuildStockTest {
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final SalesLayer lost = SalesLayer.with(DeductionMode.ORDER_TIME);
    private final SalesLayer restored = SalesLayer.with(DeductionMode.ORDER_TIME);
    private final List<Received<SaleReversed>> reversals = new ArrayList<>();
    private final List<Received<StockRevoked>> revocations = new ArrayList<>();
    private final List<OrderSheet> sheets = new ArrayList<>();

    @BeforeEach
    void the_backup_knows_ten_units_of_each() {
        for (SalesLayer sales : List.of(lost, restored)) {
            sales.grant("tea", 10);
            sales.grant("jam", 10);
        }
    }

    /** All that dispatch has applied, with the sheets that came with it. */
    private Lost told(String sku) {
        return new Lost(
                new Sku(sku),
                List.of(),
                revocations,
                reversals,
                sent(sku, HandOver.class),
                sent(sku, RevocationSettled.class),
                sheets);
    }

    private <M extends Message> List<Received<M>> sent(String sku, Class<M> type) {
        return lost.adapters.outbox.sent().stream()
                .filter(sent -> type.isInstance(sent.message()))
                .filter(sent -> sent.message().effects().stream()
                        .allMatch(effect -> effect.key().endsWith("/" + sku)))
                .map(sent -> new Received<>(type.cast(sent.message()), sent.position(), sent.epoch(), sent.journal()))
                .toList();
    }

    private void paid(String order, PlaceOrder.Line... lines) {
        lost.place(SalesLayer.order(order, lines));
        lost.pay(order, "P" + order);
        lost.handOver();
        sheets.add(lost.sheet(order));
    }

    private void reversed(Received<SaleReversed> reversal) {
        lost.reverse(reversal);
        reversals.add(reversal);
    }

    private static CancelOrder.Line units(int line, long quantity) {
        return new CancelOrder.Line(line, quantity);
    }

    @Test
    void what_dispatch_was_handed_over_is_sold_again_under_its_old_number() {
        paid("1", SalesLayer.line(1, "tea", 4));

        restored.rebuild(told("tea"));

        assertThat(restored.balances("tea")).containsExactly(6L, 0L, 4L);
        assertThat(restored.adapters.outbox.sent()).isEqualTo(lost.adapters.outbox.sent());
        restored.handOver();
        assertThat(restored.order("1")).isEqualTo(lost.order("1"));
    }

    @Test
    void a_rebuild_again_has_no_effect() {
        paid("1", SalesLayer.line(1, "tea", 4));
        restored.rebuild(told("tea"));

        restored.rebuild(told("tea"));

        assertThat(restored.balances("tea")).containsExactly(6L, 0L, 4L);
        assertThat(restored.adapters.stock.ledger()).hasSize(3);
    }

    @Test
    void an_order_that_the_backup_has_unpaid_is_paid_from_its_lock() {
        lost.place("1", "tea", 4);
        restored.place("1", "tea", 4);
        lost.cancel("1", "C1", units(1, 1));
        lost.pay("1", "P1");
        sheets.add(lost.sheet("1"));

        restored.rebuild(told("tea"));

        assertThat(restored.balances("tea")).containsExactly(7L, 0L, 3L);
        assertThat(restored.lineOf("1")).isEqualTo(lost.lineOf("1"));
    }

    @Test
    void an_order_is_whole_again_with_the_last_of_its_skus() {
        lost.place(SalesLayer.order("1", SalesLayer.line(1, "tea", 4), SalesLayer.line(2, "jam", 2)));
        lost.cancel("1", "C1", units(2, 2));
        lost.pay("1", "P1");
        sheets.add(lost.sheet("1"));

        restored.rebuild(told("tea"));
        assertThat(restored.order("1").lines()).hasSize(1);
        restored.rebuild(told("jam"));

        assertThat(restored.order("1")).isEqualTo(lost.order("1"));
        assertThat(restored.balances("jam")).containsExactly(10L, 0L, 0L);
    }

    @Test
    void documents_asked_again_are_answered_as_before() {
        PlaceOrder order = SalesLayer.order("1", SalesLayer.line(1, "tea", 6));
        lost.place(order);
        Cancellation unpaid = ((Cancelled) lost.cancel("1", "C1", units(1, 1))).cancellation();
        lost.pay("1", "P1");
        lost.handOver();
        lost.cancel("1", "C2", units(1, 3));
        sheets.add(lost.sheet("1"));
        lost.ask(cancel -> 2L);
        reversed(lost.reversal("1", 1, 2, 2, "shop:C2~1", 0));

        restored.rebuild(told("tea"));

        assertThat(restored.place(order)).containsExactly(new Placed(restored.order("1"), true));
        assertThat(restored.cancel("1", "C1", units(1, 1))).isEqualTo(new Cancelled(unpaid, true));
        assertThat(restored.pay("1", "P1")).isEqualTo(new Paid(SalesLayer.number("1"), true));
        assertThat(restored.balances("tea")).isEqualTo(lost.balances("tea"));
        restored.handOver();
        assertThat(restored.ask(cancel -> 2L)).isEqualTo(1);
        assertThat(restored.cancel("1", "C2", units(1, 3)))
                .isEqualTo(new Cancelled(lost.adapters.cancellations.all().getLast(), true));
        assertThat(restored.order("1")).isEqualTo(lost.order("1"));
    }

    @Test
    void a_hand_over_that_never_reached_dispatch_is_told_now() {
        paid("1", SalesLayer.line(1, "tea", 4), SalesLayer.line(2, "jam", 2));
        Lost tea = told("tea");
        Lost jam = new Lost(new Sku("jam"), List.of(), List.of(), List.of(), List.of(), List.of(), sheets);

        restored.rebuild(tea);
        restored.rebuild(jam);

        assertThat(restored.handOvers()).containsExactlyInAnyOrderElementsOf(lost.handOvers());
        assertThat(restored.order("1").state()).isEqualTo(OrderState.PAID);
        assertThat(restored.balances("jam")).containsExactly(8L, 0L, 2L);
    }

    @Test
    void what_came_back_is_sellable_again_and_may_have_been_sold_again() {
        paid("1", SalesLayer.line(1, "tea", 10));
        reversed(lost.reversal("1", 1, 5, 5, null, 0));
        paid("2", SalesLayer.line(1, "tea", 5));

        restored.rebuild(told("tea"));

        assertThat(restored.balances("tea")).containsExactly(0L, 0L, 10L);
    }

    @Test
    void what_dispatch_took_back_is_gone_and_what_it_asks_for_still_is_settled() {
        Received<StockRevoked> answered = lost.next(new StockRevoked("RE-1", SalesLayer.key("tea"), 3));
        lost.revoke(answered);
        revocations.add(answered);
        revocations.add(lost.next(new StockRevoked("RE-2", SalesLayer.key("tea"), 2)));

        restored.rebuild(told("tea"));

        assertThat(restored.balances("tea")).containsExactly(5L, 0L, 0L);
        assertThat(restored.sent())
                .containsExactly(
                        new RevocationSettled("RE-1", SalesLayer.key("tea"), 3),
                        new RevocationSettled("RE-2", SalesLayer.key("tea"), 2));
    }

    @Test
    void the_latest_unpaid_orders_expire_when_what_they_lock_was_sold_since() {
        restored.place("old", "tea", 3);
        restored.pass(A_MINUTE);
        restored.place(SalesLayer.order("new", SalesLayer.line(1, "jam", 1), SalesLayer.line(2, "tea", 3)));
        paid("1", SalesLayer.line(1, "tea", 6));

        restored.rebuild(told("tea"));

        assertThat(restored.balances("tea")).containsExactly(1L, 3L, 6L);
        assertThat(restored.balances("jam")).containsExactly(10L, 0L, 0L);
        assertThat(restored.order("old").state()).isEqualTo(OrderState.PLACED);
        assertThat(restored.order("new").lines())
                .extracting(line -> line.state())
                .containsOnly(LineState.EXPIRED);
    }

    @Test
    void what_does_not_fit_is_not_made_good_at_all() {
        lost.grant("tea", 10);
        paid("1", SalesLayer.line(1, "tea", 4));
        paid("2", SalesLayer.line(1, "tea", 8));

        assertThatThrownBy(() -> restored.rebuild(told("tea")))
                .isInstanceOf(CannotApply.class)
                .hasMessageContaining("1 sales, 0 settlements and 0 reversals do not fit");

        assertThat(restored.balances("tea")).containsExactly(10L, 0L, 0L);
        assertThat(restored.sent()).isEmpty();
        assertThat(restored.order("1")).isNull();
    }
}
