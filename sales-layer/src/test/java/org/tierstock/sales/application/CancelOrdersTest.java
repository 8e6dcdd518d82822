package org.tierstock.sales.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.protocol.ToSales.Cause;
import org.tierstock.movements.protocol.ToSales.SaleReversed;
import org.tierstock.runtime.exchange.CannotApply;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.sales.domain.CancelOrder;
import org.tierstock.sales.domain.CancelOutcome;
import org.tierstock.sales.domain.CancelOutcome.Cancelled;
import org.tierstock.sales.domain.CancelOutcome.DocumentReused;
import org.tierstock.sales.domain.CancelOutcome.UnknownLine;
import org.tierstock.sales.domain.CancelOutcome.UnknownOrder;
import org.tierstock.sales.domain.Cancellation;
import org.tierstock.sales.domain.DeductionMode;
import org.tierstock.sales.fake.SalesLayer;

class CancelOrdersTest {
    private final SalesLayer sales = SalesLayer.with(DeductionMode.ORDER_TIME);

    @BeforeEach
    void five_of_ten_are_ordered() {
        sales.grant("tea", 10);
        sales.place("1", "tea", 5);
    }

    private static CancelOrder.Line units(long quantity) {
        return new CancelOrder.Line(1, quantity);
    }

    private static Cancellation.Line resultOf(CancelOutcome outcome) {
        return ((Cancelled) outcome).cancellation().lines().getFirst();
    }

    private Cancellation.Line stored(String cancellation) {
        return sales.adapters.cancellations.all().stream()
                .filter(each -> each.document().equals("shop:" + cancellation))
                .findFirst()
                .orElseThrow()
                .line(1);
    }

    @Test
    void s31_a_cancel_before_payment_gives_the_units_back_at_once() {
        assertThat(resultOf(sales.cancel("1", "C1", units(2)))).isEqualTo(new Cancellation.Line(1, 2, 0, 2, 0, null));
        assertThat(sales.balances("tea")).containsExactly(7L, 3L, 0L);
        assertThat(sales.adapters.signals.takeAnnounced()).isEmpty();
    }

    @Test
    void the_same_cancellation_again_moves_nothing_and_other_content_is_refused() {
        sales.cancel("1", "C1", units(2));

        assertThat(sales.cancel("1", "C1", units(2)))
                .isInstanceOfSatisfying(
                        Cancelled.class,
                        cancelled -> assertThat(cancelled.replayed()).isTrue());
        assertThat(sales.cancel("1", "C1", units(3))).isEqualTo(new DocumentReused("shop:C1"));
        assertThat(sales.balances("tea")).containsExactly(7L, 3L, 0L);
    }

    @Test
    void a_cancel_of_more_than_is_left_is_done_in_part() {
        assertThat(resultOf(sales.cancel("1", "C1", units(8)))).isEqualTo(new Cancellation.Line(1, 8, 0, 5, 3, null));
    }

    @Test
    void an_unknown_order_or_line_is_refused_as_a_whole() {
        assertThat(sales.cancel("2", "C1")).isEqualTo(new UnknownOrder(SalesLayer.number("2")));
        assertThat(sales.cancel("1", "C1", units(1), new CancelOrder.Line(9, 1)))
                .isEqualTo(new UnknownLine(SalesLayer.number("1"), 9));
        assertThat(sales.balances("tea")).containsExactly(5L, 5L, 0L);
    }

    @Test
    void a_cancel_after_payment_is_asked_of_dispatch_only_when_the_hand_over_is_acknowledged() {
        sales.pay("1", "P1");
        sales.cancel("1", "C1", units(2));

        assertThat(sales.ask(cancel -> 2L)).isZero();
        sales.handOver();
        assertThat(sales.ask(cancel -> 2L)).isEqualTo(1);
        assertThat(sales.ask(cancel -> 2L)).isZero();
    }

    @Test
    void six_hundred_cancels_of_as_many_orders_are_asked_for_in_two_calls() {
        sales.grant("tea", 600);
        for (int order = 10; order < 610; order++) {
            sales.place(String.valueOf(order), "tea", 1);
            sales.pay(String.valueOf(order), "P" + order);
            sales.cancel(String.valueOf(order), "C" + order, units(1));
        }
        sales.handOver();

        assertThat(sales.ask(cancel -> 1L) + sales.ask(cancel -> 1L)).isEqualTo(600);
        assertThat(sales.calls()).isEqualTo(2);
    }

    @Test
    void of_many_cancels_the_one_of_a_line_that_dispatch_does_not_know_costs_no_further_call() {
        sales.grant("tea", 64);
        for (int order = 10; order < 74; order++) {
            sales.place(String.valueOf(order), "tea", 1);
            sales.pay(String.valueOf(order), "P" + order);
            sales.cancel(String.valueOf(order), "C" + order, units(1));
        }
        sales.handOver();

        assertThat(sales.ask(cancel -> cancel.equals("shop:C33~1") ? SalesLayer.UNKNOWN_LINE : 1L))
                .isEqualTo(63);

        assertThat(sales.calls()).isEqualTo(1);
        assertThat(sales.adapters.stuckWork.look(AskCancels.WORK)).containsOnlyKeys("shop:C33~1");
    }

    @Test
    void a_cancel_wakes_the_job_that_asks() {
        sales.pay("1", "P1");
        sales.adapters.signals.takeAnnounced();

        sales.cancel("1", "C1", units(2));

        assertThat(sales.adapters.signals.takeAnnounced()).containsExactly(AskCancels.WORK);
    }

    @Test
    void what_dispatch_accepts_comes_back_as_a_reversal_and_the_rest_is_refused() {
        sales.pay("1", "P1");
        sales.handOver();
        sales.cancel("1", "C1", units(4));

        sales.ask(cancel -> 3L);
        assertThat(stored("C1")).isEqualTo(new Cancellation.Line(1, 4, 4, 0, 1, SalesLayer.DISPATCH));
        assertThat(sales.lineOf("1").pendingCancel()).isEqualTo(3);

        sales.reverse(sales.reversal("1", 1, 2, 2, "shop:C1~1", 0));
        sales.reverse(sales.reversal("1", 1, 0, 0, "shop:C1~1", 1));
        assertThat(stored("C1")).isEqualTo(new Cancellation.Line(1, 4, 4, 2, 2, SalesLayer.DISPATCH));
        assertThat(sales.lineOf("1").pendingCancel()).isZero();
        assertThat(sales.lineOf("1").reversed()).isEqualTo(2);
        assertThat(sales.balances("tea")).containsExactly(7L, 0L, 3L);
    }

    @Test
    void a_reversal_may_overtake_the_answer() {
        sales.pay("1", "P1");
        sales.handOver();
        sales.cancel("1", "C1", units(4));

        sales.reverse(sales.reversal("1", 1, 3, 0, "shop:C1~1", 0));
        sales.ask(cancel -> 3L);

        assertThat(stored("C1")).isEqualTo(new Cancellation.Line(1, 4, 4, 3, 1, SalesLayer.DISPATCH));
        assertThat(sales.lineOf("1").pendingCancel()).isZero();
    }

    @Test
    void no_answer_means_that_it_is_asked_again_under_the_same_id() {
        sales.pay("1", "P1");
        sales.handOver();
        sales.cancel("1", "C1", units(4));

        assertThat(sales.ask(cancel -> null)).isZero();
        assertThat(stored("C1").answered()).isFalse();
        assertThat(sales.ask(cancel -> cancel.equals("shop:C1~1") ? 4L : null)).isEqualTo(1);
    }

    @Test
    void nothing_more_can_be_cancelled_when_a_shortage_took_what_an_open_cancel_asks_for() {
        sales.pay("1", "P1");
        sales.handOver();
        sales.cancel("1", "C1", units(2));
        sales.reverse(sales.reversal("1", 1, 5, 0, null, 0));

        assertThat(resultOf(sales.cancel("1", "C2", units(1)))).isEqualTo(new Cancellation.Line(1, 1, 0, 0, 1, null));
    }

    @Test
    void open_cancels_together_never_ask_for_more_than_the_line_has() {
        sales.pay("1", "P1");
        sales.cancel("1", "C1", units(4));

        assertThat(resultOf(sales.cancel("1", "C2", units(4)))).isEqualTo(new Cancellation.Line(1, 4, 1, 0, 3, null));
    }

    @Test
    void a_reversal_for_a_shortage_gives_the_money_back_without_stock() {
        sales.pay("1", "P1");

        sales.reverse(sales.reversal("1", 1, 5, 0, null, 0));

        assertThat(sales.balances("tea")).containsExactly(5L, 0L, 0L);
        assertThat(sales.lineOf("1").reversed()).isEqualTo(5);
    }

    @Test
    void a_reversal_is_applied_once_however_often_and_under_whatever_number_it_comes() {
        sales.pay("1", "P1");
        Received<SaleReversed> reversal = sales.reversal("1", 1, 2, 2, null, 0);

        sales.reverse(reversal);
        sales.reverse(reversal);
        sales.reverse(sales.next(reversal.message()));

        assertThat(sales.balances("tea")).containsExactly(7L, 0L, 3L);
    }

    @Test
    void a_reversal_that_does_not_fit_is_not_applied() {
        sales.pay("1", "P1");

        assertThatThrownBy(() -> sales.reverse(sales.reversal("1", 1, 6, 0, null, 0)))
                .isInstanceOf(CannotApply.class);
        assertThatThrownBy(() -> sales.reverse(sales.reversal("1", 1, 1, 0, "shop:C9~1", 0)))
                .isInstanceOf(CannotApply.class);
        assertThatThrownBy(() -> sales.reverse(sales.next(
                        new SaleReversed("RV", "shop:9", 1, SalesLayer.key("tea"), 1, 0, Cause.SHORTAGE, null, 0))))
                .isInstanceOf(CannotApply.class);
        assertThat(sales.balances("tea")).containsExactly(5L, 0L, 5L);
    }
}
