package org.tierstock.sales.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.tierstock.sales.domain.ConfirmPayment;
import org.tierstock.sales.domain.DeductionMode;
import org.tierstock.sales.domain.LineState;
import org.tierstock.sales.domain.OrderState;
import org.tierstock.sales.domain.Payment.RefundReason;
import org.tierstock.sales.domain.PaymentOutcome.AlreadyPaid;
import org.tierstock.sales.domain.PaymentOutcome.DocumentReused;
import org.tierstock.sales.domain.PaymentOutcome.Paid;
import org.tierstock.sales.domain.PaymentOutcome.RefundDue;
import org.tierstock.sales.domain.PaymentOutcome.UnknownOrder;
import org.tierstock.sales.fake.SalesLayer;

class ConfirmPaymentsTest {
    private final SalesLayer sales = SalesLayer.with(DeductionMode.PRE_HOLD);

    @Test
    void s117_ten_phones_one_locked_nine_sellable_and_one_sold_when_paid() {
        sales.grant("phone", 10);
        assertThat(sales.balances("phone")).containsExactly(10L, 0L, 0L);

        sales.place("1", "phone", 1);
        assertThat(sales.balances("phone")).containsExactly(9L, 1L, 0L);

        sales.pay("1", "P1");
        assertThat(sales.balances("phone")).containsExactly(9L, 0L, 1L);
    }

    @Test
    void s115_of_ten_three_are_sold_and_seven_may_be_sold() {
        sales.grant("book", 10);

        sales.place("1", "book", 3);
        sales.pay("1", "P1");

        assertThat(sales.balances("book")).containsExactly(7L, 0L, 3L);
    }

    @Test
    void a_payment_is_handed_over_once_however_often_it_is_said() {
        sales.grant("tea", 5);
        sales.place("1", "tea", 2);

        assertThat(sales.pay("1", "P1")).isEqualTo(new Paid(SalesLayer.number("1"), false));
        assertThat(sales.pay("1", "P1")).isEqualTo(new Paid(SalesLayer.number("1"), true));

        assertThat(sales.handOvers()).hasSize(1);
        assertThat(sales.balances("tea")).containsExactly(3L, 0L, 2L);
    }

    @Test
    void a_second_payment_of_a_paid_order_is_refused() {
        sales.grant("tea", 5);
        sales.place("1", "tea", 2);
        sales.pay("1", "P1");

        assertThat(sales.pay("1", "P2")).isEqualTo(new AlreadyPaid(SalesLayer.number("1")));
    }

    @Test
    void two_payments_of_one_order_in_one_batch_pay_it_once() {
        sales.grant("tea", 5);
        sales.place("1", "tea", 2);

        assertThat(sales.pay(
                        new ConfirmPayment(SalesLayer.number("1"), "P1"),
                        new ConfirmPayment(SalesLayer.number("1"), "P2"),
                        new ConfirmPayment(SalesLayer.number("1"), "P1")))
                .containsExactly(
                        new Paid(SalesLayer.number("1"), false),
                        new AlreadyPaid(SalesLayer.number("1")),
                        new Paid(SalesLayer.number("1"), true));
        assertThat(sales.handOvers()).hasSize(1);
    }

    @Test
    void a_payment_number_of_another_order_is_refused() {
        sales.grant("tea", 5);
        sales.place("1", "tea", 2);
        sales.place("2", "tea", 2);
        sales.pay("1", "P1");

        assertThat(sales.pay("2", "P1")).isEqualTo(new DocumentReused("shop:P1"));
        assertThat(sales.order("2").state()).isEqualTo(OrderState.PLACED);
    }

    @Test
    void a_payment_of_no_order_is_refused() {
        assertThat(sales.pay("none", "P1")).isEqualTo(new UnknownOrder(SalesLayer.number("none")));
    }

    @Test
    void an_order_that_timed_out_and_sold_out_is_refunded_and_every_further_payment_too() {
        sales.grant("tea", 2);
        sales.place("1", "tea", 2);
        sales.pass(Duration.ofMinutes(16));
        sales.expire();
        sales.place("2", "tea", 1);

        assertThat(sales.pay("1", "P1")).isEqualTo(new RefundDue(SalesLayer.number("1"), RefundReason.SOLD_OUT, false));
        assertThat(sales.pay("1", "P1")).isEqualTo(new RefundDue(SalesLayer.number("1"), RefundReason.SOLD_OUT, true));
        assertThat(sales.pay("1", "P2"))
                .isEqualTo(new RefundDue(SalesLayer.number("1"), RefundReason.ORDER_REFUNDED, false));
        assertThat(sales.handOvers()).isEmpty();
        assertThat(sales.balances("tea")).containsExactly(1L, 1L, 0L);
    }

    @Test
    void a_payment_of_a_cancelled_order_is_refunded() {
        sales.grant("tea", 2);
        sales.place("1", "tea", 2);
        sales.cancel("1", "C1");

        assertThat(sales.pay("1", "P1"))
                .isEqualTo(new RefundDue(SalesLayer.number("1"), RefundReason.ORDER_CANCELLED, false));
    }

    @Test
    void a_payment_that_came_first_wins_over_the_time_out() {
        sales.grant("tea", 2);
        sales.place("1", "tea", 2);
        sales.pass(Duration.ofMinutes(16));
        sales.pay("1", "P1");

        sales.expire();

        assertThat(sales.lineOf("1").state()).isEqualTo(LineState.PAID);
        assertThat(sales.balances("tea")).containsExactly(0L, 0L, 2L);
    }

    @Test
    void a_lock_is_kept_until_its_time_and_given_back_after_it() {
        sales.grant("tea", 2);
        sales.place("1", "tea", 2);

        sales.pass(Duration.ofMinutes(14));
        assertThat(sales.expire()).isZero();
        assertThat(sales.balances("tea")).containsExactly(0L, 2L, 0L);

        sales.pass(Duration.ofMinutes(1));
        assertThat(sales.expire()).isEqualTo(1);
        assertThat(sales.balances("tea")).containsExactly(2L, 0L, 0L);
        assertThat(sales.lineOf("1").state()).isEqualTo(LineState.EXPIRED);
        assertThat(sales.expire()).isZero();
    }
}
