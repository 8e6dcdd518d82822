package org.tierstock.sales.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.Book;
import org.tierstock.movements.Partitions;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.movements.protocol.ToSales.StockGranted;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.sales.application.port.Cancellations.Unanswered;
import org.tierstock.sales.application.port.Changed;
import org.tierstock.sales.application.port.Placements;
import org.tierstock.sales.application.port.StockRows;
import org.tierstock.sales.domain.CancelOrder;
import org.tierstock.sales.domain.Cancellation;
import org.tierstock.sales.domain.ConfirmPayment;
import org.tierstock.sales.domain.DeductionMode;
import org.tierstock.sales.domain.LineState;
import org.tierstock.sales.domain.Order;
import org.tierstock.sales.domain.OrderDraft;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.Payment;
import org.tierstock.sales.domain.Payment.RefundReason;
import org.tierstock.sales.domain.PlaceOrder;
import org.tierstock.sales.domain.Promise;
import org.tierstock.sales.domain.SalesBucket;
import org.tierstock.sales.domain.StockKey;
import org.tierstock.sales.fake.Adapters;
import org.tierstock.sales.fake.SalesLayer;

/** What stock rows, orders, payments and cancellations promise to the use cases. */
public abstract class SalesPortsContract {
    private static final StockKey TEA = StockKey.regular(SalesLayer.key("tea"));
    private static final StockKey JAM = StockKey.regular(SalesLayer.key("jam"));
    private static final Set<Integer> ALL_PARTITIONS =
            IntStream.range(0, Partitions.COUNT).boxed().collect(Collectors.toSet());

    private Adapters adapters;
    private int grants;

    protected abstract Adapters open();

    @BeforeEach
    void begin() {
        adapters = open();
    }

    private void grant(StockKey key, long quantity) {
        StockGranted grant = new StockGranted("GR-" + ++grants, key.channelKey(), "REGULAR", quantity);
        Received<StockGranted> received =
                new Received<>(grant, new StreamPosition(grant.stream(), grant.partition(), grants), 1, grants);
        adapters.transactions().inTransaction(() -> {
            StockRows.Locked locked = adapters.stockRows().lockOrCreate(Set.of(key));
            adapters.inbox().admit(List.of(received));
            Promise.grant(grant, locked.book());
            adapters.stockRows().post(locked.book(), Numbers.received(List.of(received)));
        });
    }

    private static OrderDraft draft(String number, long holdSeconds, PlaceOrder.Line... lines) {
        PlaceOrder asked = new PlaceOrder(
                SalesLayer.number(number), null, holdSeconds, "", "", "a buyer", "an address", List.of(lines), "trace");
        return OrderDraft.of(asked, SalesLayer.shop(DeductionMode.ORDER_TIME));
    }

    private Order place(String number, long holdSeconds, PlaceOrder.Line... lines) {
        OrderDraft draft = draft(number, holdSeconds, lines);
        return adapters.transactions().inTransaction(() -> {
            Placements.Opened opened = adapters.placements()
                    .open(draft.lines().stream().map(line -> line.key()).toList(), List.of(draft.number()));
            Order order = draft.at(opened.stock().at());
            order.place(opened.stock().book());
            adapters.placements().place(List.of(order), opened.stock().book());
            return order;
        });
    }

    private HandOver[] pay(String number) {
        OrderNumber order = SalesLayer.number(number);
        return adapters.transactions().inTransaction(() -> {
            StockRows.Locked locked = adapters.stockRows().lockOf(Set.of(order));
            Order before = load(number);
            Order paid = before.pay(new ConfirmPayment(order, "P-" + number), locked.book())
                    .order();
            List<HandOver> handOvers = new ArrayList<>();
            locked.book().entries().forEach(entry -> handOvers.add((HandOver) entry.notice()));
            Numbers numbers = adapters.outbox().append(handOvers);
            adapters.orders().update(List.of(new Changed<>(before, paid)), handOvers, numbers);
            adapters.stockRows().post(locked.book(), numbers);
            return handOvers.toArray(HandOver[]::new);
        });
    }

    private Cancellation cancel(String number, String cancellation) {
        OrderNumber order = SalesLayer.number(number);
        return adapters.transactions().inTransaction(() -> {
            StockRows.Locked locked = adapters.stockRows().lockOf(Set.of(order));
            Order before = load(number);
            Order.Cancelling cancelling =
                    before.cancel(new CancelOrder(order, cancellation, "BUYER", List.of()), locked.book());
            adapters.cancellations().insert(List.of(cancelling.cancellation()));
            adapters.orders().update(List.of(new Changed<>(before, cancelling.order())), List.of(), Numbers.NONE);
            adapters.stockRows().post(locked.book(), Numbers.NONE);
            return cancelling.cancellation();
        });
    }

    private void change(Cancellation before, Cancellation after) {
        adapters.transactions()
                .inTransaction(() -> adapters.cancellations().update(List.of(new Changed<>(before, after))));
    }

    private void change(Order before, Order after) {
        adapters.transactions()
                .inTransaction(
                        () -> adapters.orders().update(List.of(new Changed<>(before, after)), List.of(), Numbers.NONE));
    }

    private Order load(String number) {
        return adapters.orders().load(List.of(SalesLayer.number(number))).get(SalesLayer.number(number));
    }

    private List<Long> balances(StockKey key) {
        Book<StockKey, SalesBucket> book =
                adapters.transactions().inTransaction(() -> adapters.stockRows().glance(Set.of(key)));
        return List.of(
                book.balance(key, SalesBucket.SELLABLE),
                book.balance(key, SalesBucket.LOCKED),
                book.balance(key, SalesBucket.SOLD));
    }

    @Test
    void a_key_that_was_never_granted_is_not_in_the_book() {
        grant(TEA, 5);

        StockRows.Locked locked =
                adapters.transactions().inTransaction(() -> adapters.stockRows().lock(Set.of(TEA, JAM)));

        assertThat(locked.book().knows(TEA)).isTrue();
        assertThat(locked.book().knows(JAM)).isFalse();
        assertThat(locked.at()).isNotNull();
    }

    @Test
    void a_row_that_exists_is_not_created_again() {
        grant(TEA, 5);
        grant(TEA, 2);

        assertThat(balances(TEA)).containsExactly(7L, 0L, 0L);
    }

    @Test
    void a_row_whose_transaction_was_rolled_back_does_not_exist() {
        assertThatThrownBy(() -> adapters.transactions().inTransaction(() -> {
                    adapters.stockRows().lockOrCreate(Set.of(TEA));
                    throw new IllegalStateException("planned");
                }))
                .hasMessage("planned");

        StockRows.Locked locked =
                adapters.transactions().inTransaction(() -> adapters.stockRows().lock(Set.of(TEA)));
        assertThat(locked.book().knows(TEA)).isFalse();
        grant(TEA, 3);
        assertThat(balances(TEA)).containsExactly(3L, 0L, 0L);
    }

    @Test
    void a_row_whose_transaction_was_rolled_back_is_created_by_the_next_grant() {
        grant(JAM, 1);
        assertThatThrownBy(() -> adapters.transactions().inTransaction(() -> {
                    adapters.stockRows().lockOrCreate(Set.of(TEA, JAM));
                    throw new IllegalStateException("planned");
                }))
                .hasMessage("planned");

        grant(TEA, 3);

        assertThat(balances(TEA)).containsExactly(3L, 0L, 0L);
    }

    @Test
    void what_is_posted_is_there_after_the_commit_and_gone_after_a_rollback() {
        grant(TEA, 5);
        place("1", 0, SalesLayer.line(1, "tea", 2));
        assertThat(balances(TEA)).containsExactly(3L, 2L, 0L);

        assertThatThrownBy(() -> adapters.transactions().inTransaction(() -> {
                    place("2", 0, SalesLayer.line(1, "tea", 2));
                    throw new IllegalStateException("planned");
                }))
                .hasMessage("planned");

        assertThat(balances(TEA)).containsExactly(3L, 2L, 0L);
        assertThat(load("2")).isNull();
    }

    @Test
    void an_order_is_loaded_as_it_was_stored() {
        grant(TEA, 5);
        grant(JAM, 5);

        Order placed = place("1", 60, SalesLayer.line(1, "tea", 2), SalesLayer.line(3, "jam", 1));

        assertThat(load("1")).isEqualTo(placed);
    }

    @Test
    void the_rows_of_an_order_are_those_of_its_lines() {
        grant(TEA, 5);
        grant(JAM, 5);
        place("1", 0, SalesLayer.line(1, "tea", 2), SalesLayer.line(2, "tea", 1));

        StockRows.Locked locked = adapters.transactions()
                .inTransaction(
                        () -> adapters.stockRows().lockOf(Set.of(SalesLayer.number("1"), SalesLayer.number("none"))));

        assertThat(locked.book().keys()).containsExactly(TEA);
        assertThat(locked.book().balance(TEA, SalesBucket.LOCKED)).isEqualTo(3);
    }

    @Test
    void locking_stock_tells_which_of_the_orders_exist() {
        grant(TEA, 5);
        place("1", 0, SalesLayer.line(1, "tea", 2));

        Placements.Opened opened = adapters.transactions()
                .inTransaction(() -> adapters.placements()
                        .open(Set.of(TEA), List.of(SalesLayer.number("1"), SalesLayer.number("2"))));

        assertThat(opened.known()).containsOnlyKeys(SalesLayer.number("1"));
        assertThat(opened.stock().book().balance(TEA, SalesBucket.SELLABLE)).isEqualTo(3);
    }

    @Test
    void orders_placed_unseen_are_there_as_if_they_had_been_looked_at() {
        grant(TEA, 5);
        Order first = draft("1", 60, SalesLayer.line(1, "tea", 2)).at(Instant.EPOCH);
        Order second = draft("2", 0, SalesLayer.line(1, "tea", 3)).at(Instant.EPOCH);

        Instant at = placeUnseen(first, second).orElseThrow();

        assertThat(load("1")).isEqualTo(first.at(at));
        assertThat(load("2")).isEqualTo(second.at(at));
        assertThat(balances(TEA)).containsExactly(0L, 5L, 0L);
    }

    @Test
    void what_cannot_be_placed_unseen_changes_nothing_and_the_transaction_goes_on() {
        grant(TEA, 5);
        place("known", 0, SalesLayer.line(1, "tea", 1));
        Order possible = draft("1", 0, SalesLayer.line(1, "tea", 1)).at(Instant.EPOCH);
        Order tooMany = draft("2", 0, SalesLayer.line(1, "tea", 4)).at(Instant.EPOCH);
        Order known = draft("known", 0, SalesLayer.line(1, "tea", 1)).at(Instant.EPOCH);
        Order ghost = draft("3", 0, SalesLayer.line(1, "ghost", 1)).at(Instant.EPOCH);

        adapters.transactions().inTransaction(() -> {
            assertThat(placeUnseen(possible, tooMany)).isEmpty();
            assertThat(placeUnseen(possible, known)).isEmpty();
            assertThat(placeUnseen(possible, ghost)).isEmpty();
            assertThat(placeUnseen(possible)).isPresent();
        });

        assertThat(balances(TEA)).containsExactly(3L, 2L, 0L);
        assertThat(adapters.orders().load(Set.of(tooMany.number(), ghost.number())))
                .isEmpty();
    }

    private Optional<Instant> placeUnseen(Order... orders) {
        Book<StockKey, SalesBucket> book = new Book<>(SalesBucket.class);
        for (Order order : orders) {
            order.lines().forEach(line -> book.open(line.key(), SalesBucket.SELLABLE, Long.MAX_VALUE));
        }
        for (Order order : orders) {
            order.place(book);
        }
        return adapters.transactions().inTransaction(() -> adapters.placements().placeUnseen(List.of(orders), book));
    }

    @Test
    void a_number_that_exists_is_not_stored_again() {
        grant(TEA, 5);
        place("1", 0, SalesLayer.line(1, "tea", 1));

        assertThatThrownBy(() -> place("1", 0, SalesLayer.line(1, "tea", 1))).isInstanceOf(RuntimeException.class);
        assertThat(balances(TEA)).containsExactly(4L, 1L, 0L);
    }

    @Test
    void a_paid_line_is_handed_once_dispatch_has_acknowledged_it() {
        grant(TEA, 5);
        place("1", 0, SalesLayer.line(1, "tea", 2));

        HandOver[] handOvers = pay("1");
        assertThat(load("1").lines().getFirst().state()).isEqualTo(LineState.PAID);

        adapters.acknowledge(handOvers);
        assertThat(load("1").lines().getFirst().state()).isEqualTo(LineState.HANDED);
        assertThat(balances(TEA)).containsExactly(3L, 0L, 2L);
    }

    @Test
    void an_order_is_due_when_its_time_is_up_and_it_is_unpaid() {
        grant(TEA, 5);
        place("later", 3600, SalesLayer.line(1, "tea", 1));
        place("never", 0, SalesLayer.line(1, "tea", 1));
        Order now = draft("now", 0, SalesLayer.line(1, "tea", 1)).at(Instant.parse("2020-01-01T00:00:00Z"));
        Order due =
                new Order(now.number(), now.terms(), now.contentHash(), now.placedAt(), now.placedAt(), now.lines());
        adapters.transactions().inTransaction(() -> {
            StockRows.Locked locked = adapters.stockRows().lock(Set.of(TEA));
            due.place(locked.book());
            adapters.placements().place(List.of(due), locked.book());
        });

        assertThat(adapters.dueOrders().due(ALL_PARTITIONS, 10)).containsExactly(due.number());
        assertThat(adapters.dueOrders().due(Set.of(), 10)).isEmpty();
        pay("now");
        assertThat(adapters.dueOrders().due(ALL_PARTITIONS, 10)).isEmpty();
    }

    @Test
    void a_payment_is_loaded_as_it_was_stored_and_its_number_is_not_stored_again() {
        Payment paid = new Payment("shop:P1", SalesLayer.number("1"), null);
        Payment refunded = new Payment("shop:P2", SalesLayer.number("1"), RefundReason.SOLD_OUT);
        adapters.transactions().inTransaction(() -> adapters.payments().insert(List.of(paid, refunded)));

        assertThat(adapters.payments().load(List.of("shop:P1", "shop:P2", "shop:P3")))
                .containsOnlyKeys("shop:P1", "shop:P2")
                .containsValues(paid, refunded);
        assertThatThrownBy(() -> adapters.transactions()
                        .inTransaction(() -> adapters.payments().insert(List.of(paid))))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void a_cancellation_is_loaded_as_it_was_stored_and_as_it_was_changed() {
        grant(TEA, 5);
        place("1", 0, SalesLayer.line(1, "tea", 2), SalesLayer.line(2, "tea", 1));
        pay("1");
        Cancellation cancellation = cancel("1", "C1");

        assertThat(adapters.cancellations().load(List.of("shop:C1", "shop:C2")))
                .containsOnlyKeys("shop:C1")
                .containsValue(cancellation);

        Cancellation changed = cancellation.answered(1, 1, SalesLayer.DISPATCH).reversed(2, 1, 0);
        change(cancellation, changed);
        assertThat(adapters.cancellations().load(List.of("shop:C1"))).containsValue(changed);
        assertThat(load("1").lines()).extracting(line -> line.pendingCancel()).containsExactly(2L, 1L);
    }

    @Test
    void of_an_order_only_lines_that_were_changed_are_written() {
        grant(TEA, 5);
        place("1", 0, SalesLayer.line(1, "tea", 2), SalesLayer.line(2, "tea", 1));
        pay("1");
        Order paid = load("1");

        change(paid, paid.cancelPending(1, 2));
        change(paid, paid.cancelPending(2, 1));

        assertThat(load("1").lines()).extracting(line -> line.pendingCancel()).containsExactly(2L, 1L);
    }

    @Test
    void of_a_cancellation_only_lines_that_were_changed_are_written() {
        grant(TEA, 5);
        place("1", 0, SalesLayer.line(1, "tea", 2), SalesLayer.line(2, "tea", 1));
        pay("1");
        Cancellation cancellation = cancel("1", "C1");

        change(cancellation, cancellation.answered(1, 2, SalesLayer.DISPATCH));
        change(cancellation, cancellation.answered(2, 1, SalesLayer.DISPATCH));

        assertThat(adapters.cancellations()
                        .load(List.of("shop:C1"))
                        .get("shop:C1")
                        .lines())
                .allMatch(Cancellation.Line::answered);
    }

    @Test
    void a_cancel_is_to_be_asked_once_its_hand_over_is_acknowledged_and_until_it_is_answered() {
        grant(TEA, 5);
        place("1", 0, SalesLayer.line(1, "tea", 2));
        HandOver[] handOvers = pay("1");
        Cancellation cancellation = cancel("1", "C1");

        assertThat(adapters.cancellations().unanswered(ALL_PARTITIONS, 10)).isEmpty();
        adapters.acknowledge(handOvers);
        assertThat(adapters.cancellations().unanswered(ALL_PARTITIONS, 10))
                .containsExactly(new Unanswered("shop:C1~1", "shop:C1", SalesLayer.number("1"), 1, 2));
        assertThat(adapters.cancellations().unanswered(Set.of(), 10)).isEmpty();

        change(cancellation, cancellation.answered(1, 2, SalesLayer.DISPATCH));
        assertThat(adapters.cancellations().unanswered(ALL_PARTITIONS, 10)).isEmpty();
    }

    @Test
    void a_cancel_of_many_lines_holds_up_no_cancel_behind_it() {
        grant(TEA, 10);
        place(
                "1",
                0,
                IntStream.rangeClosed(1, 8)
                        .mapToObj(line -> SalesLayer.line(line, "tea", 1))
                        .toArray(PlaceOrder.Line[]::new));
        place("2", 0, SalesLayer.line(1, "tea", 2));
        adapters.acknowledge(pay("1"));
        adapters.acknowledge(pay("2"));
        cancel("1", "C1");
        cancel("2", "C2");

        assertThat(adapters.cancellations().unanswered(ALL_PARTITIONS, 4))
                .extracting(Unanswered::cancel)
                .containsExactlyInAnyOrder("shop:C1~1", "shop:C2~1", "shop:C1~2", "shop:C1~3");
    }

    @Test
    void a_lost_order_is_stored_line_by_line_and_what_is_there_stays() {
        grant(TEA, 5);
        grant(JAM, 5);
        Order whole = draft("1", 60, SalesLayer.line(1, "tea", 2), SalesLayer.line(2, "jam", 1))
                .at(Instant.parse("2026-01-01T00:00:00Z"));
        Order tea = whole.with(List.of()).withLost(whole.lines().subList(0, 1));
        Order both = tea.withLost(whole.lines());

        storeLost(tea);
        assertThat(load("1")).isEqualTo(tea);
        storeLost(both);
        storeLost(both);

        assertThat(load("1")).isEqualTo(both);
        assertThat(load("1").lines()).extracting(line -> line.state()).containsOnly(LineState.EXPIRED);
    }

    private void storeLost(Order order) {
        adapters.transactions().inTransaction(() -> adapters.lostDocuments().storeOrders(List.of(order)));
    }

    @Test
    void lost_payments_and_cancellations_are_stored_once() {
        grant(TEA, 5);
        place("1", 0, SalesLayer.line(1, "tea", 2), SalesLayer.line(2, "tea", 1));
        Payment paid = new Payment("shop:P1", SalesLayer.number("1"), null);
        Cancellation both = new Cancellation(
                "shop:C1",
                SalesLayer.number("1"),
                "BUYER",
                7,
                List.of(new Cancellation.Line(1, 2, 2, 0, 0, null), new Cancellation.Line(2, 1, 0, 1, 0, null)));
        Cancellation first = both.withLines(both.lines().subList(0, 1));

        for (Cancellation known : List.of(first, both, both)) {
            adapters.transactions().inTransaction(() -> {
                adapters.lostDocuments().storePayments(List.of(paid));
                adapters.lostDocuments().storeCancellations(List.of(known));
            });
        }

        assertThat(adapters.payments().load(List.of("shop:P1"))).containsValue(paid);
        assertThat(adapters.cancellations().load(List.of("shop:C1"))).containsValue(both);
    }

    @Test
    void unpaid_orders_that_lock_a_key_are_told_the_latest_first() {
        grant(TEA, 9);
        grant(JAM, 5);
        place("1", 0, SalesLayer.line(1, "tea", 2));
        place("2", 0, SalesLayer.line(1, "jam", 2));
        place("3", 0, SalesLayer.line(1, "tea", 2));
        pay("3");
        place("4", 0, SalesLayer.line(1, "tea", 2));

        assertThat(adapters.lostDocuments().locking(TEA)).containsOnly(SalesLayer.number("4"), SalesLayer.number("1"));
    }
}
