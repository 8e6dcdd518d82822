package org.tierstock.sales.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tierstock.sales.domain.SalesBucket.LOCKED;
import static org.tierstock.sales.domain.SalesBucket.SELLABLE;
import static org.tierstock.sales.domain.SalesBucket.SOLD;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.Book;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.InvalidValue;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.ToDispatch.HandOver;

class OrderTest {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    private final Book<StockKey, SalesBucket> book = new Book<>(SalesBucket.class);

    private static StockKey key(String sku) {
        return StockKey.regular(new ChannelKey("shop", "EXPRESS", Quality.NORMAL, "EAST", new Sku(sku)));
    }

    private static Channel shop(DeductionMode mode, long holdSeconds) {
        return new Channel("shop", "Shop", "shop", mode, holdSeconds, "EXPRESS", "EAST");
    }

    private static PlaceOrder.Line line(int number, String sku, long quantity) {
        return new PlaceOrder.Line(number, new Sku(sku), Quality.NORMAL, quantity);
    }

    private static PlaceOrder asked(DeductionMode mode, long holdSeconds, PlaceOrder.Line... lines) {
        return new PlaceOrder(
                new OrderNumber("shop", "1"), mode, holdSeconds, "", "", "buyer", "address", List.of(lines), "trace");
    }

    private static Order order(DeductionMode mode, PlaceOrder.Line... lines) {
        return OrderDraft.of(asked(mode, 0, lines), shop(mode, 0)).at(NOW);
    }

    private static ConfirmPayment payment() {
        return new ConfirmPayment(new OrderNumber("shop", "1"), "P1");
    }

    private static CancelOrder cancel(CancelOrder.Line... lines) {
        return new CancelOrder(new OrderNumber("shop", "1"), "C1", "BUYER", List.of(lines));
    }

    private List<Long> balances(String sku) {
        return List.of(book.balance(key(sku), SELLABLE), book.balance(key(sku), LOCKED), book.balance(key(sku), SOLD));
    }

    @Test
    void a_lock_larger_than_sellable_is_refused_with_what_is_there() {
        book.open(key("tea"), SELLABLE, 4);

        List<PlaceOutcome.Shortage> shortages =
                order(DeductionMode.ORDER_TIME, line(1, "tea", 5)).place(book);

        assertThat(shortages).containsExactly(new PlaceOutcome.Shortage(new Sku("tea"), 5, 4));
        assertThat(book.entries()).isEmpty();
    }

    @Test
    void two_lines_of_one_sku_do_not_pass_one_by_one() {
        book.open(key("tea"), SELLABLE, 5);

        List<PlaceOutcome.Shortage> shortages = order(DeductionMode.ORDER_TIME, line(1, "tea", 3), line(2, "tea", 3))
                .place(book);

        assertThat(shortages).containsExactly(new PlaceOutcome.Shortage(new Sku("tea"), 6, 5));
        assertThat(balances("tea")).containsExactly(5L, 0L, 0L);
    }

    @Test
    void one_line_that_cannot_be_served_leaves_the_others_unlocked() {
        book.open(key("tea"), SELLABLE, 5);
        book.open(key("jam"), SELLABLE, 0);

        order(DeductionMode.ORDER_TIME, line(1, "tea", 3), line(2, "jam", 1)).place(book);

        assertThat(balances("tea")).containsExactly(5L, 0L, 0L);
    }

    @Test
    void s24_order_time_deduction_locks_two_units_at_the_order_and_deducts_them_at_the_payment() {
        book.open(key("tea"), SELLABLE, 2);
        Order order = order(DeductionMode.ORDER_TIME, line(1, "tea", 2));

        order.place(book);
        assertThat(balances("tea")).containsExactly(0L, 2L, 0L);

        Order.Paying paying = order.pay(payment(), book);
        assertThat(balances("tea")).containsExactly(0L, 0L, 2L);
        assertThat(paying.order().state()).isEqualTo(OrderState.PAID);
        assertThat(paying.payment().refund()).isNull();
    }

    @Test
    void s24_payment_time_deduction_moves_two_units_only_at_the_payment() {
        book.open(key("tea"), SELLABLE, 2);
        Order order = order(DeductionMode.PAYMENT_TIME, line(1, "tea", 2));

        order.place(book);
        assertThat(balances("tea")).containsExactly(2L, 0L, 0L);

        order.pay(payment(), book);
        assertThat(balances("tea")).containsExactly(0L, 0L, 2L);
    }

    @Test
    void a_payment_hands_each_line_over_with_its_movement() {
        book.open(key("tea"), SELLABLE, 9);
        Order order = order(DeductionMode.ORDER_TIME, line(1, "tea", 2), line(7, "tea", 3));
        order.place(book);

        order.pay(payment(), book);

        assertThat(book.entries().subList(2, 4))
                .extracting(Book.Entry::notice)
                .containsExactly(
                        new HandOver(
                                "shop:1", 1, key("tea").channelKey(), 2, "EAST", "EXPRESS", "address", "trace", ""),
                        new HandOver(
                                "shop:1", 7, key("tea").channelKey(), 3, "EAST", "EXPRESS", "address", "trace", ""));
    }

    @Test
    void a_late_payment_takes_what_is_still_there() {
        book.open(key("tea"), SELLABLE, 2);
        Order order = order(DeductionMode.PRE_HOLD, line(1, "tea", 2));
        order.place(book);
        Order expired = order.expire(book);

        Order.Paying paying = expired.pay(payment(), book);

        assertThat(paying.payment().refund()).isNull();
        assertThat(balances("tea")).containsExactly(0L, 0L, 2L);
    }

    @Test
    void a_late_payment_that_cannot_serve_one_line_refunds_all() {
        book.open(key("tea"), SELLABLE, 2);
        book.open(key("jam"), SELLABLE, 0);
        Order expired = order(DeductionMode.PAYMENT_TIME, line(1, "tea", 2), line(2, "jam", 1))
                .expire(book);

        Order.Paying paying = expired.pay(payment(), book);

        assertThat(paying.payment().refund()).isEqualTo(Payment.RefundReason.SOLD_OUT);
        assertThat(paying.order().lines()).extracting(OrderLine::state).containsOnly(LineState.REFUND);
        assertThat(balances("tea")).containsExactly(2L, 0L, 0L);
    }

    @Test
    void a_payment_after_a_part_was_cancelled_takes_what_remains() {
        book.open(key("tea"), SELLABLE, 5);
        Order order = order(DeductionMode.ORDER_TIME, line(1, "tea", 5));
        order.place(book);

        Order cancelled = order.cancel(cancel(new CancelOrder.Line(1, 2)), book).order();
        assertThat(balances("tea")).containsExactly(2L, 3L, 0L);

        cancelled.pay(payment(), book);
        assertThat(balances("tea")).containsExactly(2L, 0L, 3L);
    }

    @Test
    void a_cancel_of_everything_before_payment_closes_the_order() {
        book.open(key("tea"), SELLABLE, 5);
        Order order = order(DeductionMode.ORDER_TIME, line(1, "tea", 5));
        order.place(book);

        Order.Cancelling cancelling = order.cancel(cancel(), book);

        assertThat(cancelling.order().state()).isEqualTo(OrderState.CANCELLED);
        assertThat(cancelling.cancellation().lines()).containsExactly(new Cancellation.Line(1, 5, 0, 5, 0, null));
        assertThat(balances("tea")).containsExactly(5L, 0L, 0L);
    }

    @Test
    void a_cancel_after_payment_moves_nothing_and_is_pending() {
        book.open(key("tea"), SELLABLE, 5);
        Order order = order(DeductionMode.ORDER_TIME, line(1, "tea", 5));
        order.place(book);
        Order paid = order.pay(payment(), book).order();

        Order.Cancelling cancelling = paid.cancel(cancel(new CancelOrder.Line(1, 7)), book);

        assertThat(cancelling.cancellation().lines()).containsExactly(new Cancellation.Line(1, 7, 5, 0, 2, null));
        assertThat(cancelling.order().line(1).orElseThrow().cancellable()).isZero();
        assertThat(balances("tea")).containsExactly(0L, 0L, 5L);
    }

    @Test
    void a_cancel_of_an_expired_line_is_refused() {
        book.open(key("tea"), SELLABLE, 5);
        Order order = order(DeductionMode.ORDER_TIME, line(1, "tea", 5));
        order.place(book);
        Order expired = order.expire(book);

        Order.Cancelling cancelling = expired.cancel(cancel(new CancelOrder.Line(1, 5)), book);

        assertThat(cancelling.cancellation().lines()).containsExactly(new Cancellation.Line(1, 5, 0, 0, 5, null));
        assertThat(cancelling.order()).isEqualTo(expired);
    }

    @Test
    void the_hold_of_an_order_is_its_own_or_its_channels_or_15_minutes_for_a_pre_hold() {
        PlaceOrder.Line tea = line(1, "tea", 1);

        assertThat(hold(asked(null, 0, tea), shop(DeductionMode.PRE_HOLD, 0))).isEqualTo(900);
        assertThat(hold(asked(null, 0, tea), shop(DeductionMode.PRE_HOLD, 60))).isEqualTo(60);
        assertThat(hold(asked(null, 5, tea), shop(DeductionMode.PRE_HOLD, 60))).isEqualTo(5);
        assertThat(hold(asked(null, 0, tea), shop(DeductionMode.ORDER_TIME, 0))).isZero();
        assertThat(hold(asked(DeductionMode.ORDER_TIME, 0, tea), shop(DeductionMode.PRE_HOLD, 60)))
                .isZero();
    }

    private static long hold(PlaceOrder asked, Channel channel) {
        return OrderDraft.of(asked, channel).holdSeconds();
    }

    @Test
    void the_same_request_has_the_same_hash_and_another_quantity_another() {
        PlaceOrder one = asked(null, 0, line(0, "tea", 1));

        assertThat(one.contentHash())
                .isEqualTo(asked(null, 0, line(1, "tea", 1)).contentHash());
        assertThat(one.contentHash())
                .isNotEqualTo(asked(null, 0, line(1, "tea", 2)).contentHash());
    }

    @Test
    void an_order_that_names_a_line_twice_is_malformed() {
        assertThatThrownBy(() -> asked(null, 0, line(2, "tea", 1), line(0, "jam", 1)))
                .isInstanceOf(InvalidValue.class);
    }
}
