package org.tierstock.dispatch.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tierstock.dispatch.domain.Fixtures.CASE;
import static org.tierstock.dispatch.domain.Fixtures.PHONE;
import static org.tierstock.dispatch.domain.Fixtures.at;
import static org.tierstock.dispatch.domain.Fixtures.key;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tierstock.dispatch.application.CancelLines.CancelLine;
import org.tierstock.dispatch.application.DefineRules.Definition;
import org.tierstock.dispatch.application.port.Outbounds.Parcel;
import org.tierstock.dispatch.application.port.WarehouseLocks;
import org.tierstock.dispatch.domain.AllotmentRule;
import org.tierstock.dispatch.domain.DispatchBucket;
import org.tierstock.dispatch.domain.DispatchLine;
import org.tierstock.dispatch.domain.Fixtures;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.dispatch.domain.PeerJournal;
import org.tierstock.dispatch.domain.Region;
import org.tierstock.dispatch.domain.StockOfSku;
import org.tierstock.dispatch.fake.Adapters;
import org.tierstock.dispatch.fake.Answers;
import org.tierstock.dispatch.fake.DispatchLayer;
import org.tierstock.movements.Cell;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.Sku;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.ToDispatch.FromWarehouse;
import org.tierstock.movements.protocol.ToDispatch.GoodsReceived;
import org.tierstock.movements.protocol.ToDispatch.GoodsShipped;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.movements.protocol.ToDispatch.LostLock;
import org.tierstock.movements.protocol.ToDispatch.ReceiptCause;
import org.tierstock.movements.protocol.ToDispatch.RevocationSettled;
import org.tierstock.movements.protocol.ToDispatch.Side;
import org.tierstock.movements.protocol.ToDispatch.StockChanged;
import org.tierstock.movements.protocol.ToSales.Cause;
import org.tierstock.movements.protocol.ToSales.SaleReversed;
import org.tierstock.movements.protocol.ToSales.StockGranted;
import org.tierstock.movements.protocol.ToSales.StockRevoked;
import org.tierstock.runtime.exchange.CannotApply;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.runtime.work.Later;
import org.tierstock.runtime.work.Progress;
import org.tierstock.runtime.work.StuckWork;
import org.tierstock.runtime.work.Unreached;

/** What the use cases promise, whatever they stand on. */
abstract class UseCasesContract {
    private static final ChannelKey WEB = key("WEB", "NORTH", PHONE);
    private static final ChannelKey SOUTH = key("WEB", "SOUTH", PHONE);
    private static final Cell PHONES_AT_A = new Cell(at("A"), PHONE);
    private static final LineNumber FIRST = new LineNumber("WEB:1", 1);
    private static final PeerJournal PEER = new PeerJournal(1, 7);

    private final Map<String, Long> heads = new HashMap<>();
    private DispatchLayer dispatch;

    abstract Adapters adapters();

    @BeforeEach
    void two_nodes_and_a_rule_for_one_channel() {
        dispatch = new DispatchLayer(adapters());
        define(new Definition.OfRegion(new Region("NORTH", ""), null));
        define(new Definition.OfNode(Fixtures.node("A", 1, "NORTH"), null));
        define(new Definition.OfNode(Fixtures.node("B", 2, "NORTH"), null));
        define(webGetsAll(null));
    }

    @Test
    void a_receipt_becomes_a_grant_of_the_same_quantity() {
        receive("A", 10);
        place();

        assertThat(sent(StockGranted.class)).singleElement().satisfies(grant -> {
            assertThat(grant.key()).isEqualTo(WEB);
            assertThat(grant.quantity()).isEqualTo(10);
        });
        assertThat(stock().account(WEB)).isEqualTo(10);
    }

    @Test
    void a_report_applied_twice_has_one_effect() {
        Received<FromWarehouse> receipt =
                fromWarehouse(new GoodsReceived("A", "R1/1", PHONES_AT_A, 10, 2, ReceiptCause.PURCHASE, ""));

        apply(receipt);
        apply(receipt);

        assertThat(stock().free(at("A"))).isEqualTo(10);
        assertThat(stock().balance(at("A"), DispatchBucket.UNSELLABLE)).isEqualTo(2);
    }

    @Test
    void a_shipment_of_an_outbound_that_was_never_requested_cannot_be_applied() {
        Received<FromWarehouse> shipment =
                fromWarehouse(new GoodsShipped("A", "S1/1", "OB-unknown", PHONES_AT_A, 1, "BATCH"));

        assertThatThrownBy(() -> apply(shipment)).isInstanceOf(CannotApply.class);
        assertThat(inTransaction(() -> dispatch.adapters.watermarks().contiguous("W>D:A", PHONE.partition())))
                .isZero();
    }

    @Test
    void a_paid_line_is_allocated_locked_and_shipped() {
        receive("A", 10);
        place();
        handOver(1, 4);

        lock(4, 0);
        apply(fromWarehouse(new GoodsShipped("A", "S1/1", outbound().id(), PHONES_AT_A, 4, "BATCH")));

        assertThat(line()).satisfies(line -> {
            assertThat(line.shipped()).isEqualTo(4);
            assertThat(line.allocated()).isZero();
        });
        assertThat(stock().account(WEB)).isEqualTo(6);
        assertThat(outbound().unfinished()).isFalse();
    }

    @Test
    void a_hand_over_repeated_is_acknowledged_and_moves_nothing() {
        receive("A", 10);
        place();
        Received<HandOver> line = fromSales(Fixtures.handOver("WEB:1", 1, WEB, 4));

        source(line);
        source(line);

        assertThat(dispatch.adapters.allOutbounds()).hasSize(1);
        assertThat(stock().account(WEB)).isEqualTo(6);
    }

    @Test
    void a_hand_over_beyond_its_account_takes_those_that_came_with_it_back_and_they_can_be_taken_without_it() {
        receive("A", 10);
        place();
        SourceOrders.PaidOrder paid =
                new SourceOrders.PaidOrder(List.of(fromSales(Fixtures.handOver("WEB:1", 1, WEB, 4))));
        SourceOrders.PaidOrder greedy =
                new SourceOrders.PaidOrder(List.of(fromSales(Fixtures.handOver("WEB:2", 1, WEB, 7))));

        assertThatThrownBy(() -> inTransaction(() -> dispatch.sourceOrders.source(List.of(paid, greedy))))
                .hasMessageContaining("WEB:2");
        assertThat(dispatch.adapters.allLines()).isEmpty();
        assertThat(stock().account(WEB)).isEqualTo(10);

        inTransaction(() -> dispatch.sourceOrders.source(List.of(paid)));
        assertThat(dispatch.adapters.allLines())
                .extracting(DispatchLine::number)
                .containsExactly(FIRST);
    }

    @Test
    void what_a_warehouse_refuses_is_kept_back_until_the_reason_has_come_and_covered_by_another_node() {
        receive("A", 10);
        receive("B", 10);
        place();
        handOver(1, 4);

        lock(1, 2);
        place();

        assertThat(stock().balance(at("A"), DispatchBucket.HELD)).isEqualTo(3);
        assertThat(endRefusals()).isFalse();
        assertThat(stock().balance(at("A"), DispatchBucket.HELD)).isEqualTo(3);
        assertThat(line().shortage()).isEqualTo(3);

        apply(fromWarehouse(new StockChanged("A", "T1/1", List.of(new Side(PHONES_AT_A, -3, 0, "")), List.of())));
        endRefusals();

        assertThat(stock().balance(at("A"), DispatchBucket.HELD)).isZero();
        assertThat(stock().deficit(at("A"))).isZero();
    }

    @Test
    void a_refusal_after_messages_that_cannot_have_been_sent_yet_keeps_nothing_back_and_is_asked_again() {
        receive("A", 10);
        place();
        handOver(1, 4);

        lock(1, 2 + DispatchLayer.MOST_AHEAD);

        assertThat(stock().balance(at("A"), DispatchBucket.HELD)).isZero();
        assertThat(outbound().state()).isEqualTo(Outbound.State.REQUESTED);
        assertThat(stuckReasons(Work.LOCK_AT_WAREHOUSES))
                .containsOnlyKeys(outbound().id());

        dispatch.adapters.advance(Duration.ofMinutes(1));
        lock(1, 1 + DispatchLayer.MOST_AHEAD);
        assertThat(stock().balance(at("A"), DispatchBucket.HELD)).isEqualTo(3);
    }

    @Test
    void free_stock_serves_a_short_line_before_it_is_promised_again() {
        receive("A", 3);
        place();
        apply(fromWarehouse(new StockChanged("A", "T1/1", List.of(new Side(PHONES_AT_A, -2, 0, "")), List.of())));
        handOver(1, 3);
        assertThat(line().shortage()).isEqualTo(2);

        receive("B", 5);
        place();

        assertThat(line().shortage()).isZero();
        assertThat(dispatch.adapters.allOutbounds()).hasSize(2);
        assertThat(sent(StockGranted.class)).extracting(StockGranted::quantity).containsExactly(3L, 3L);
    }

    @Test
    void a_count_that_takes_locked_goods_makes_their_line_short() {
        receive("A", 10);
        place();
        handOver(1, 4);
        lock(4, 0);

        apply(fromWarehouse(new StockChanged(
                "A",
                "T1/1",
                List.of(new Side(PHONES_AT_A, -6, 0, "")),
                List.of(new LostLock(outbound().id(), 3)))));

        assertThat(line().shortage()).isEqualTo(3);
        assertThat(outbound().lost()).isEqualTo(3);
        assertThat(stock().deficit(at("A"))).isEqualTo(-6);
    }

    @Test
    void a_cancel_releases_goods_at_the_warehouse_and_they_may_be_sold_again() {
        receive("A", 10);
        place();
        handOver(1, 4);
        lock(4, 0);

        assertThat(cancel("C1", 3)).isEqualTo(new CancelLines.Outcome.Accepted(3));
        release(2);

        assertThat(sent(SaleReversed.class)).singleElement().satisfies(reversal -> {
            assertThat(reversal.quantity()).isEqualTo(2);
            assertThat(reversal.regranted()).isEqualTo(2);
            assertThat(reversal.cancel()).isEqualTo("C1");
        });
        assertThat(stock().account(WEB)).isEqualTo(8);
        assertThat(outbound().barred()).isTrue();
    }

    @Test
    void a_cancel_repeated_is_answered_as_at_first_whatever_it_asks() {
        receive("A", 10);
        place();
        handOver(1, 4);

        assertThat(cancel("C1", 9)).isEqualTo(new CancelLines.Outcome.Accepted(4));
        assertThat(cancel("C1", 1)).isEqualTo(new CancelLines.Outcome.Accepted(4));
        assertThat(cancel("C2", 1)).isEqualTo(new CancelLines.Outcome.Accepted(0));
        assertThat(cancel("C2", 1)).isEqualTo(new CancelLines.Outcome.Accepted(0));
        assertThat(line().open()).isEqualTo(4);
    }

    @Test
    void a_cancel_of_a_line_that_was_never_handed_over_is_told_so() {
        assertThat(cancel("C1", 1)).isEqualTo(new CancelLines.Outcome.UnknownLine(FIRST));
    }

    @Test
    void a_shortage_given_up_is_reversed_and_not_sold_again() {
        receive("A", 3);
        place();
        apply(fromWarehouse(new StockChanged("A", "T1/1", List.of(new Side(PHONES_AT_A, -3, 0, "")), List.of())));
        handOver(1, 3);

        assertThat(inTransaction(() -> dispatch.closeShortages.close(List.of(FIRST, FIRST))))
                .containsExactly(new CloseShortages.Outcome.Closed(3), new CloseShortages.Outcome.NothingShort());

        assertThat(sent(SaleReversed.class)).singleElement().satisfies(reversal -> {
            assertThat(reversal.cause()).isEqualTo(Cause.SHORTAGE);
            assertThat(reversal.quantity()).isEqualTo(3);
            assertThat(reversal.regranted()).isZero();
        });
        assertThat(line().cancelled()).isEqualTo(3);
    }

    @Test
    void a_loss_beyond_free_stock_is_asked_back_once() {
        receive("A", 10);
        place();
        apply(fromWarehouse(new StockChanged("A", "T1/1", List.of(new Side(PHONES_AT_A, -4, 0, "")), List.of())));

        recall();
        recall();

        StockRevoked revoked = sent(StockRevoked.class).getFirst();
        assertThat(sent(StockRevoked.class)).hasSize(1);
        assertThat(revoked.quantity()).isEqualTo(4);

        settle(revoked.revocation(), 4);

        assertThat(stock().deficit(at("A"))).isZero();
        assertThat(stock().account(WEB)).isEqualTo(6);
    }

    @Test
    void what_a_warehouse_refused_of_a_paid_line_is_served_from_unsold_promises_of_another_node() {
        receive("A", 5);
        receive("B", 4);
        place();
        handOver(1, 5);
        lock(3, 0);
        apply(fromWarehouse(new StockChanged("A", "T1/1", List.of(new Side(PHONES_AT_A, -2, 0, "")), List.of())));
        place();
        assertThat(line().shortage()).isEqualTo(2);

        recall();
        recall();

        StockRevoked revoked = sent(StockRevoked.class).getFirst();
        assertThat(sent(StockRevoked.class)).hasSize(1);
        assertThat(revoked.quantity()).isEqualTo(2);

        settle(revoked.revocation(), 2);
        place();

        assertThat(List.of(line().shortage(), line().allocated())).containsExactly(0L, 5L);
        assertThat(stock().account(WEB)).isEqualTo(2);
        assertThat(stock().balance(at("B"), DispatchBucket.ALLOCATED)).isEqualTo(2);
    }

    @Test
    void a_short_line_asks_nothing_back_while_free_stock_will_serve_it() {
        receive("A", 5);
        place();
        handOver(1, 5);
        lock(3, 0);
        apply(fromWarehouse(new StockChanged("A", "T1/1", List.of(new Side(PHONES_AT_A, -2, 0, "")), List.of())));
        receive("B", 4);

        recall();

        assertThat(sent(StockRevoked.class)).isEmpty();
    }

    @Test
    void a_settlement_of_a_revocation_that_was_never_sent_cannot_be_applied() {
        assertThatThrownBy(() -> settle("RV-unknown", 1)).isInstanceOf(CannotApply.class);
    }

    @Test
    void a_promise_that_no_rule_makes_any_more_is_asked_back() {
        receive("A", 10);
        place();
        align();

        define(new Definition.OfAllotmentRule(
                Fixtures.rule("web", AllotmentRule.Kind.RATIO, Fixtures.weight("SHOP", "NORTH", 1)), null));
        align();

        assertThat(sent(StockRevoked.class)).singleElement().satisfies(revoked -> {
            assertThat(revoked.key()).isEqualTo(WEB);
            assertThat(revoked.quantity()).isEqualTo(10);
        });
    }

    @Test
    void a_sku_whose_promises_are_recalled_again_and_again_is_still_brought_in_line_with_new_rules() {
        receive("A", 10);
        place();
        apply(fromWarehouse(new StockChanged("A", "T1/1", List.of(new Side(PHONES_AT_A, -4, 0, "")), List.of())));
        align();
        define(new Definition.OfAllotmentRule(
                Fixtures.rule("web", AllotmentRule.Kind.RATIO, Fixtures.weight("SHOP", "NORTH", 1)), null));

        dispatch.recallPromises(10, 3_600);
        settle(sent(StockRevoked.class).getFirst().revocation(), 4);
        align();

        assertThat(sent(StockRevoked.class)).extracting(StockRevoked::quantity).containsExactly(4L, 6L);
    }

    @Test
    void backing_at_a_node_that_no_longer_serves_its_key_moves_to_free_stock_elsewhere() {
        receive("A", 10);
        place();
        receive("B", 10);

        define(new Definition.OfNode(Fixtures.node("A", 1), null));
        align();

        assertThat(stock().allotted(at("B"), WEB)).isEqualTo(10);
        assertThat(stock().free(at("A"))).isEqualTo(10);
        assertThat(sent(StockRevoked.class)).isEmpty();
    }

    @Test
    void a_grant_by_hand_is_made_once_and_only_of_what_is_free_and_served() {
        define(new Definition.OfAllotmentRule(
                Fixtures.rule("web", AllotmentRule.Kind.FIXED, Fixtures.fixed("WEB", "NORTH", 0)), null));
        receive("A", 10);
        GrantStock.Grant grant = new GrantStock.Grant("G1", PHONES_AT_A, WEB, 6);

        assertThat(grant(grant))
                .isInstanceOfSatisfying(
                        GrantStock.Outcome.Granted.class,
                        made -> assertThat(made.replayed()).isFalse());
        assertThat(grant(grant))
                .isInstanceOfSatisfying(
                        GrantStock.Outcome.Granted.class,
                        made -> assertThat(made.replayed()).isTrue());
        assertThat(grant(new GrantStock.Grant("G1", PHONES_AT_A, WEB, 5)))
                .isEqualTo(new GrantStock.Outcome.NumberReused());
        assertThat(grant(new GrantStock.Grant("G2", PHONES_AT_A, WEB, 5)))
                .isEqualTo(new GrantStock.Outcome.TooLittleFree(4));
        assertThat(grant(new GrantStock.Grant("G3", PHONES_AT_A, key("WEB", "SOUTH", PHONE), 1)))
                .isEqualTo(new GrantStock.Outcome.NotServed());
        assertThat(stock().account(WEB)).isEqualTo(6);
    }

    @Test
    void a_revocation_by_hand_asks_for_no_more_than_the_account_holds() {
        receive("A", 10);
        place();
        RevokeStock.Revoke revoke = new RevokeStock.Revoke("V1", WEB, 4, "A");

        assertThat(revoke(revoke)).isInstanceOf(RevokeStock.Outcome.Sent.class);
        assertThat(revoke(revoke))
                .isInstanceOfSatisfying(
                        RevokeStock.Outcome.Sent.class,
                        sent -> assertThat(sent.replayed()).isTrue());
        assertThat(revoke(new RevokeStock.Revoke("V1", WEB, 5, "A"))).isEqualTo(new RevokeStock.Outcome.NumberReused());
        assertThat(revoke(new RevokeStock.Revoke("V2", WEB, 11, "")))
                .isEqualTo(new RevokeStock.Outcome.AccountTooSmall(10));
        assertThat(sent(StockRevoked.class)).hasSize(1);
    }

    @Test
    void an_edit_based_on_an_older_revision_is_outdated_and_the_same_again_changes_nothing() {
        assertThat(define(webGetsAll(1L))).isEqualTo(new DefineRules.Outcome.Defined(1, false));
        assertThat(define(new Definition.OfRegion(new Region("NORTH", "North"), 1L)))
                .isEqualTo(new DefineRules.Outcome.Defined(2, false));
        assertThat(define(new Definition.OfRegion(new Region("NORTH", "Nord"), 1L)))
                .isEqualTo(new DefineRules.Outcome.Outdated(2));
        assertThat(define(new Definition.OfNode(Fixtures.node("C", 3, "NOWHERE"), null)))
                .isInstanceOf(DefineRules.Outcome.Unknown.class);
    }

    @Test
    void low_rises_when_all_outbounds_up_to_a_number_are_finished() {
        receive("A", 10);
        place();
        handOver(1, 4);
        handOver(2, 1);
        assertThat(dispatch.adapters.outbounds().low(List.of("A"))).containsEntry("A", 0L);

        lock(4, 0);
        apply(fromWarehouse(new GoodsShipped("A", "S1/1", outbound().id(), PHONES_AT_A, 4, "BATCH")));

        assertThat(dispatch.adapters.outbounds().low(List.of("A"))).containsEntry("A", 1L);
    }

    @Test
    void an_outbound_whose_warehouse_did_not_answer_is_asked_again() {
        receive("A", 10);
        place();
        handOver(1, 4);

        dispatch.lockAt(allBut("A"), 10);
        assertThat(outbound().state()).isEqualTo(Outbound.State.REQUESTED);
        dispatch.adapters.advance(Duration.ofSeconds(5));
        lock(4, 0);

        assertThat(outbound().state()).isEqualTo(Outbound.State.ANSWERED);
        assertThat(outbound().answerer()).isEqualTo(PEER);
    }

    @Test
    void a_round_that_no_warehouse_answers_fails_and_one_with_nothing_due_shows_nothing() {
        receive("A", 10);
        place();
        handOver(1, 4);
        LockAtWarehouses locking = dispatch.locking(new Silent());

        assertThatThrownBy(() -> locking.run(DispatchLayer.ALL_PARTITIONS, 10, dispatch.adapters.retrySeconds(), 60))
                .isInstanceOf(Unreached.class)
                .hasMessage("No answer from the warehouse layer: silent");
        dispatch.adapters.advance(Duration.ofSeconds(5));
        assertThatThrownBy(() -> locking.run(DispatchLayer.ALL_PARTITIONS, 10, 60, 60))
                .isInstanceOf(Unreached.class);
        assertThat(locking.run(DispatchLayer.ALL_PARTITIONS, 10, 60, 60)).isEqualTo(Progress.NONE);
    }

    @Test
    void a_round_of_releases_that_no_warehouse_answers_fails_and_the_requests_stand() {
        receive("A", 10);
        place();
        handOver(1, 4);
        lock(4, 0);
        cancel("C1", 4);
        ReleaseAtWarehouses releasing = dispatch.releasing(new Silent());

        assertThatThrownBy(() -> releasing.run(DispatchLayer.ALL_PARTITIONS, 10, 60, 60))
                .isInstanceOf(Unreached.class);
        assertThat(outbound().release()).isNotNull();
        assertThat(releasing.run(DispatchLayer.ALL_PARTITIONS, 10, 60, 60)).isEqualTo(Progress.NONE);
    }

    @Test
    void goods_that_no_waiting_line_can_use_are_promised_however_many_lines_wait() {
        node_c_serves_the_south();
        many_lines_of_the_north_are_short();

        receive("C", 100);
        boolean more = place();

        assertThat(stock().account(SOUTH)).isEqualTo(100);
        assertThat(more).isFalse();
    }

    @Test
    void a_short_line_is_covered_by_goods_that_none_of_many_older_ones_can_use() {
        a_line_of_the_south_is_short_behind_many_of_the_north();

        receive("C", 5);
        place();

        assertThat(lineOf("SHOP:1").shortage()).isZero();
        assertThat(stock().account(SOUTH)).isEqualTo(2);
    }

    @Test
    void a_grant_by_hand_waits_for_a_short_line_behind_many_older_ones_that_the_node_cannot_serve() {
        a_line_of_the_south_is_short_behind_many_of_the_north();

        receive("C", 5);

        assertThat(grant(new GrantStock.Grant("G1", new Cell(at("C"), PHONE), SOUTH, 2)))
                .isEqualTo(new GrantStock.Outcome.ShortLineWaits());
    }

    @Test
    void a_short_line_behind_many_that_nothing_can_serve_asks_unsold_promises_back() {
        node_c_serves_the_south(Fixtures.weight("SHOP", "SOUTH", 1));
        receive("C", 6);
        place();
        many_lines_of_the_north_are_short();
        source(fromSales(Fixtures.handOver("SHOP:1", 1, SOUTH, 3)));
        lock(0, 1_000);

        recall();

        assertThat(sent(StockRevoked.class)).singleElement().satisfies(revoked -> {
            assertThat(revoked.key()).isEqualTo(key("SHOP", "SOUTH", PHONE));
            assertThat(revoked.quantity()).isEqualTo(3);
        });
    }

    @Test
    void a_refusal_whose_reason_has_come_ends_behind_many_whose_reason_is_still_on_its_way() {
        receive("A", 10);
        receive("B", 1);
        place();
        for (int order = 1; order <= 11; order++) {
            source(fromSales(Fixtures.handOver("WEB:" + order, 1, WEB, 1)));
        }
        dispatch.lockAt(refusing(Map.of("A", 1_000L, "B", 2L)), 10);

        receive("B", 1);
        endRefusals();

        assertThat(stock().balance(at("A"), DispatchBucket.HELD)).isEqualTo(10);
        assertThat(stock().balance(at("B"), DispatchBucket.HELD)).isZero();
    }

    @Test
    void a_warehouse_that_does_not_answer_holds_up_no_outbound_of_another() {
        receive("A", 20);
        receive("B", 1);
        place();
        for (int order = 1; order <= 21; order++) {
            source(fromSales(Fixtures.handOver("WEB:" + order, 1, WEB, 1)));
        }

        dispatch.lockAt(allBut("A"), 10);
        dispatch.lockAt(allBut("A"), 10);

        assertThat(dispatch.adapters.allOutbounds().getLast().state()).isEqualTo(Outbound.State.ANSWERED);
    }

    @Test
    void a_lock_that_breaks_its_call_is_set_aside_and_nine_others_of_its_warehouse_are_answered() {
        ten_outbounds_of_warehouse_a_and_one_of_b();
        String breaking = dispatch.adapters.allOutbounds().get(3).id();

        dispatch.lockAt(new Breaking(breaking), 20);

        assertThat(dispatch.adapters.allOutbounds())
                .filteredOn(outbound -> outbound.state() == Outbound.State.REQUESTED)
                .extracting(Outbound::id)
                .containsExactly(breaking);
        assertThat(stuckReasons(Work.LOCK_AT_WAREHOUSES))
                .containsExactly(Map.entry(breaking, "CallRefused: Warehouse A: INTERNAL: it breaks its posting"));

        dispatch.adapters.advance(Duration.ofMinutes(1));
        dispatch.lockAt(warehouse(1, 0, 0), 20);

        assertThat(dispatch.adapters.allOutbounds()).allMatch(outbound -> outbound.state() == Outbound.State.ANSWERED);
        assertThat(stuckReasons(Work.LOCK_AT_WAREHOUSES)).isEmpty();
    }

    @Test
    void a_long_orders_cancels_hold_up_no_release_of_an_order_behind_it() {
        receive("A", 9);
        place();
        for (int line = 1; line <= 8; line++) {
            handOver(line, 1);
        }
        source(fromSales(Fixtures.handOver("WEB:2", 1, WEB, 1)));
        dispatch.lockAt(warehouse(1, 0, 0), 20);
        cancelEachOf("WEB:1", 8, "");
        cancelEachOf("WEB:2", 1, "");

        dispatch.releaseAt(new Silent(), 4);

        assertThat(dispatch.adapters.allOutbounds())
                .filteredOn(outbound -> outbound.release() != null)
                .extracting(Outbound::line)
                .containsExactlyInAnyOrder(
                        new LineNumber("WEB:1", 1),
                        new LineNumber("WEB:1", 2),
                        new LineNumber("WEB:1", 3),
                        new LineNumber("WEB:2", 1));
    }

    @Test
    void a_release_that_breaks_its_call_is_set_aside_and_nine_others_of_its_warehouse_are_answered() {
        ten_outbounds_of_warehouse_a_and_one_of_b();
        dispatch.lockAt(warehouse(1, 0, 0), 20);
        for (int order = 1; order <= 11; order++) {
            cancelEachOf("WEB:" + order, 1, "");
        }
        String breaking = dispatch.adapters.allOutbounds().get(3).id();

        dispatch.releaseAt(new Breaking(breaking), 20);

        assertThat(dispatch.adapters.allOutbounds())
                .filteredOn(outbound -> outbound.release() != null)
                .extracting(Outbound::id)
                .containsExactly(breaking);
        assertThat(stuckReasons(Work.RELEASE_AT_WAREHOUSES)).containsOnlyKeys(breaking);

        dispatch.adapters.advance(Duration.ofMinutes(1));
        dispatch.releaseAt(warehouse(0, 0, 1), 20);

        assertThat(dispatch.adapters.allOutbounds()).allMatch(outbound -> outbound.release() == null);
        assertThat(stuckReasons(Work.RELEASE_AT_WAREHOUSES)).isEmpty();
    }

    @Test
    void what_a_warehouse_does_not_know_is_set_aside_and_not_asked_again_and_again() {
        receive("A", 10);
        place();
        handOver(1, 4);
        dispatch.lockAt(new Forgetful(), 1);
        assertThat(stuckReasons(Work.LOCK_AT_WAREHOUSES))
                .hasEntrySatisfying(
                        outbound().id(), reason -> assertThat(reason).contains("has purged outbound"));

        dispatch.adapters.advance(Duration.ofMinutes(1));
        lock(4, 0);
        cancel("C1", 4);
        dispatch.releaseAt(new Forgetful(), 1);

        assertThat(outbound().release()).isNotNull();
        assertThat(stuckReasons(Work.LOCK_AT_WAREHOUSES)).isEmpty();
        assertThat(stuckReasons(Work.RELEASE_AT_WAREHOUSES))
                .hasEntrySatisfying(
                        outbound().id(), reason -> assertThat(reason).contains("does not know outbound"));
    }

    @Test
    void an_outbound_that_its_warehouse_does_not_know_is_given_up_and_its_goods_are_covered_again() {
        receive("A", 10);
        place();
        handOver(1, 4);
        dispatch.lockAt(new Forgetful(), 1);
        int noted = dispatch.adapters.changesNoted();

        assertThat(close(new Forgetful()))
                .isInstanceOfSatisfying(
                        CloseOutbounds.Outcome.Closed.class,
                        closed -> assertThat(closed.quantity()).isEqualTo(4));

        assertThat(outbound().unfinished()).isFalse();
        assertThat(stuckReasons(Work.LOCK_AT_WAREHOUSES)).isEmpty();
        assertThat(dispatch.adapters.changesNoted()).isEqualTo(noted + 1);
        assertThat(line().shortage()).isEqualTo(4);
        place();
        assertThat(List.of(line().shortage(), line().allocated())).containsExactly(0L, 4L);
        assertThat(close(new Forgetful())).isEqualTo(new CloseOutbounds.Outcome.NothingAsked());
    }

    @Test
    void an_outbound_to_be_released_that_its_warehouse_does_not_know_is_given_up_and_serves_its_cancel() {
        receive("A", 10);
        place();
        handOver(1, 4);
        lock(4, 0);
        cancel("C1", 3);
        dispatch.releaseAt(new Forgetful(), 1);

        assertThat(close(new Forgetful())).isInstanceOf(CloseOutbounds.Outcome.Closed.class);

        assertThat(outbound().unfinished()).isFalse();
        assertThat(stuckReasons(Work.RELEASE_AT_WAREHOUSES)).isEmpty();
        assertThat(sent(SaleReversed.class)).singleElement().satisfies(reversal -> {
            assertThat(reversal.quantity()).isEqualTo(3);
            assertThat(reversal.cancel()).isEqualTo("C1");
        });
        assertThat(List.of(line().cancelled(), line().shortage(), line().open(), line().asked()))
                .containsExactly(3L, 1L, 0L, 0L);
    }

    @Test
    void an_outbound_that_its_warehouse_knows_or_does_not_speak_of_is_not_given_up() {
        receive("A", 10);
        place();
        handOver(1, 4);

        assertThat(close(new Silent())).isEqualTo(new CloseOutbounds.Outcome.NotSaid("silent"));
        assertThat(close(warehouse(4, 0, 0))).isEqualTo(new CloseOutbounds.Outcome.Known());
        assertThat(outbound().state()).isEqualTo(Outbound.State.REQUESTED);
        assertThat(dispatch.closing(new Silent()).close(List.of(Fixtures.signed("OB-none"))))
                .containsExactly(new CloseOutbounds.Outcome.UnknownOutbound());
    }

    private CloseOutbounds.Outcome close(WarehouseLocks warehouses) {
        return dispatch.closing(warehouses)
                .close(List.of(Fixtures.signed(outbound().id())))
                .getFirst();
    }

    @Test
    void a_cancel_of_a_line_whose_hand_over_was_given_up_is_answered_with_nothing() {
        dispatch.adapters.giveUpHandOver(FIRST);

        assertThat(cancel("C1", 3)).isEqualTo(new CancelLines.Outcome.Accepted(0));
        assertThat(cancel("C1", 3)).isEqualTo(new CancelLines.Outcome.Accepted(0));
    }

    @Test
    void a_warehouse_that_refuses_all_it_is_asked_has_been_reached() {
        receive("A", 10);
        place();
        handOver(1, 4);
        LockAtWarehouses locking = dispatch.locking(new Breaking(outbound().id()));

        assertThat(locking.run(DispatchLayer.ALL_PARTITIONS, 10, 60, 60)).isEqualTo(Progress.DONE);
    }

    @Test
    void a_sku_that_cannot_be_placed_is_set_aside_and_holds_up_no_other_until_it_can() {
        ChannelKey cases = key("WEB", "NORTH", CASE);
        receive(CASE, "A", 7);
        receive(PHONE, "A", 5);

        boolean more = place(sku -> !sku.equals(PHONE));

        assertThat(stock(CASE).account(cases)).isEqualTo(7);
        assertThat(stock(PHONE).account(WEB)).isZero();
        assertThat(more).isFalse();
        assertThat(dispatch.adapters.stuckWork().look(Work.PLACE_FREE_STOCK)).hasSize(1);
        assertThat(dispatch.adapters.stuckWork().look(Work.PLACE_FREE_STOCK).get("PHONE"))
                .satisfies(stuck -> assertThat(stuck.reason()).contains("PHONE cannot be placed"));

        dispatch.adapters.advance(Duration.ofMinutes(1));
        place(sku -> true);

        assertThat(stock(PHONE).account(WEB)).isEqualTo(5);
        assertThat(dispatch.adapters.stuckWork().look(Work.PLACE_FREE_STOCK)).isEmpty();
    }

    // ---- words

    private void ten_outbounds_of_warehouse_a_and_one_of_b() {
        receive("A", 10);
        receive("B", 1);
        place();
        for (int order = 1; order <= 11; order++) {
            source(fromSales(Fixtures.handOver("WEB:" + order, 1, WEB, 1)));
        }
    }

    private Map<String, String> stuckReasons(String work) {
        return dispatch.adapters.stuckWork().look(work).values().stream()
                .collect(Collectors.toMap(StuckWork.SetAside::subject, StuckWork.SetAside::reason));
    }

    /** A round of the place job in which some SKUs fail. */
    private boolean place(Predicate<Sku> possible) {
        Progress placed = dispatch.eachInTurn.run(
                Work.PLACE_FREE_STOCK,
                10,
                limit -> dispatch.placeFreeStock.due(DispatchLayer.ALL_PARTITIONS, limit),
                Sku::code,
                skus -> inTransaction(() -> {
                    Progress progress = dispatch.placeFreeStock.place(skus, DispatchLayer.MOST_LINES);
                    skus.stream().filter(possible.negate()).forEach(sku -> {
                        throw new IllegalStateException(sku + " cannot be placed");
                    });
                    return progress;
                }));
        return placed == Progress.MORE;
    }

    private void node_c_serves_the_south(AllotmentRule.Share... more) {
        define(new Definition.OfRegion(new Region("SOUTH", ""), null));
        define(new Definition.OfNode(Fixtures.node("C", 3, "SOUTH"), null));
        List<AllotmentRule.Share> shares =
                new ArrayList<>(List.of(Fixtures.weight("WEB", "NORTH", 1), Fixtures.weight("WEB", "SOUTH", 1)));
        shares.addAll(List.of(more));
        AllotmentRule rule = Fixtures.rule("web", AllotmentRule.Kind.RATIO, shares.toArray(AllotmentRule.Share[]::new));
        define(new Definition.OfAllotmentRule(rule, 1L));
    }

    /** More than any job reads at once. */
    private void many_lines_of_the_north_are_short() {
        int lines = DispatchLayer.MOST_LINES + 10;
        receive("A", lines);
        place();
        apply(fromWarehouse(new StockChanged("A", "T1/1", List.of(new Side(PHONES_AT_A, -lines, 0, "")), List.of())));
        List<Received<HandOver>> paid = IntStream.rangeClosed(1, lines)
                .mapToObj(line -> fromSales(Fixtures.handOver("WEB:1", line, WEB, 1)))
                .toList();
        inTransaction(() -> dispatch.sourceOrders.source(List.of(new SourceOrders.PaidOrder(paid))));
    }

    private void a_line_of_the_south_is_short_behind_many_of_the_north() {
        node_c_serves_the_south();
        receive("C", 3);
        place();
        Side lost = new Side(new Cell(at("C"), PHONE), -3, 0, "");
        apply(fromWarehouse(new StockChanged("C", "T2/1", List.of(lost), List.of())));
        many_lines_of_the_north_are_short();
        source(fromSales(Fixtures.handOver("SHOP:1", 1, SOUTH, 3)));
    }

    private DispatchLine lineOf(String order) {
        return dispatch.adapters.allLines().stream()
                .filter(line -> line.number().order().equals(order))
                .findFirst()
                .orElseThrow();
    }

    private static Definition webGetsAll(Long expected) {
        return new Definition.OfAllotmentRule(
                Fixtures.rule("web", AllotmentRule.Kind.RATIO, Fixtures.weight("WEB", "NORTH", 1)), expected);
    }

    private <T> T inTransaction(Supplier<T> work) {
        return dispatch.adapters.transactions().inTransaction(work);
    }

    private DefineRules.Outcome define(Definition definition) {
        return inTransaction(() -> dispatch.defineRules.define(List.of(Fixtures.signed(definition))))
                .getFirst();
    }

    private GrantStock.Outcome grant(GrantStock.Grant grant) {
        return inTransaction(() -> dispatch.grantStock.grant(List.of(grant))).getFirst();
    }

    private RevokeStock.Outcome revoke(RevokeStock.Revoke revoke) {
        return inTransaction(() -> dispatch.revokeStock.revoke(List.of(revoke))).getFirst();
    }

    CancelLines.Outcome cancel(String cancel, long quantity) {
        return inTransaction(
                        () -> dispatch.cancelLines.cancel(List.of(new CancelLine(FIRST, cancel, quantity, PEER, ""))))
                .getFirst();
    }

    /** One unit of each of the first lines of an order, in one call. */
    void cancelEachOf(String order, int lines, String sheet) {
        List<CancelLine> cancels = IntStream.rangeClosed(1, lines)
                .mapToObj(line -> new CancelLine(new LineNumber(order, line), "C~" + line, 1, PEER, sheet))
                .toList();
        inTransaction(() -> dispatch.cancelLines.cancel(cancels));
    }

    boolean place() {
        return dispatch.placeFreeStock(10);
    }

    private void recall() {
        dispatch.recallPromises(10, 0);
    }

    boolean endRefusals() {
        return dispatch.endRefusals(10);
    }

    private void align() {
        dispatch.alignPromises(10, 0);
    }

    void receive(String node, long good) {
        receive(PHONE, node, good);
    }

    private void receive(Sku sku, String node, long good) {
        Cell cell = new Cell(at(node), sku);
        apply(fromWarehouse(
                new GoodsReceived(node, "R" + heads.values() + "/1", cell, good, 0, ReceiptCause.PURCHASE, "")));
    }

    void lose(String node, long good) {
        Side lost = new Side(new Cell(at(node), PHONE), -good, 0, "");
        apply(fromWarehouse(new StockChanged(node, "T" + heads.values() + "/1", List.of(lost), List.of())));
    }

    void handOver(int line, long quantity) {
        source(fromSales(Fixtures.handOver("WEB:1", line, WEB, quantity)));
    }

    private void source(Received<HandOver> line) {
        inTransaction(() -> dispatch.sourceOrders.source(List.of(new SourceOrders.PaidOrder(List.of(line)))));
    }

    private void apply(Received<FromWarehouse> report) {
        dispatch.adapters.transactions().inTransaction(() -> dispatch.applyWarehouseReports.apply(List.of(report)));
    }

    private void settle(String revocation, long taken) {
        Received<RevocationSettled> settled = fromSales(new RevocationSettled(revocation, WEB, taken));
        dispatch.adapters.transactions().inTransaction(() -> dispatch.applySettlements.apply(List.of(settled)));
    }

    /** The warehouses lock so much of the first outbound; their stream stands at this number. */
    void lock(long locked, long at) {
        dispatch.lockAt(warehouse(locked, at, 0), 1);
    }

    void release(long released) {
        release(released, 10);
    }

    /** So much of each of the first outbounds that are to be released. */
    void release(long released, int outbounds) {
        dispatch.releaseAt(warehouse(0, 0, released), outbounds);
    }

    /** Warehouses are asked to release, and do not answer. */
    void askReleases() {
        dispatch.releaseAt(new Silent(), 10);
    }

    void closeShortage(int line) {
        inTransaction(() -> dispatch.closeShortages.close(List.of(new LineNumber("WEB:1", line))));
    }

    private Received<FromWarehouse> fromWarehouse(FromWarehouse report) {
        return new Received<>(report, next(report), 1, 1);
    }

    private <M extends Message> Received<M> fromSales(M message) {
        return new Received<>(message, next(message), 1, 1);
    }

    private StreamPosition next(Message message) {
        long sequence = heads.merge(message.stream(), 1L, Long::sum);
        return new StreamPosition(message.stream(), message.partition(), sequence);
    }

    private StockOfSku stock() {
        return stock(PHONE);
    }

    private StockOfSku stock(Sku sku) {
        return inTransaction(
                () -> dispatch.adapters.stockRows().lock(List.of(sku)).of(sku));
    }

    private DispatchLine line() {
        return dispatch.adapters.allLines().getFirst();
    }

    private Outbound outbound() {
        return dispatch.adapters.allOutbounds().getFirst();
    }

    private <M extends Message> List<M> sent(Class<M> kind) {
        return dispatch.adapters.sent().stream()
                .map(Received::message)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private static WarehouseLocks warehouse(long locked, long at, long released) {
        return new WarehouseLocks() {
            @Override
            public Map<String, Later<Answer<Lock>>> lock(Map<String, List<Parcel>> parcels, Map<String, Long> low) {
                return Answers.given(parcels.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                asked -> new Answer.Answered<>(asked.getValue().stream()
                                        .map(parcel ->
                                                new Lock(parcel.outbound().id(), locked, at, false, PEER))
                                        .toList()))));
            }

            @Override
            public Map<String, Later<Answer<Release>>> release(Map<String, List<Outbound>> outbounds) {
                return Answers.given(outbounds.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                asked -> new Answer.Answered<>(asked.getValue().stream()
                                        .map(one -> new Release(
                                                one.id(), one.release().request(), released, false, PEER))
                                        .toList()))));
            }
        };
    }

    /** Warehouses that lock nothing; their streams stand at these numbers. */
    private static WarehouseLocks refusing(Map<String, Long> heads) {
        return new Silent() {
            @Override
            public Map<String, Later<Answer<Lock>>> lock(Map<String, List<Parcel>> parcels, Map<String, Long> low) {
                Map<String, Later<Answer<Lock>>> answers = new HashMap<>();
                heads.forEach((warehouse, at) ->
                        answers.putAll(warehouse(0, at, 0).lock(Map.of(warehouse, parcels.get(warehouse)), low)));
                return answers;
            }
        };
    }

    /** All warehouses lock everything, but one that does not answer. */
    private static WarehouseLocks allBut(String silent) {
        WarehouseLocks answering = warehouse(1, 0, 0);
        return new WarehouseLocks() {
            @Override
            public Map<String, Later<Answer<Lock>>> lock(Map<String, List<Parcel>> parcels, Map<String, Long> low) {
                Map<String, Answer<Lock>> answers = Answers.of(answering.lock(parcels, low));
                answers.computeIfPresent(silent, (warehouse, answer) -> new Answer.Indeterminate<>("silent"));
                return Answers.given(answers);
            }

            @Override
            public Map<String, Later<Answer<Release>>> release(Map<String, List<Outbound>> outbounds) {
                return answering.release(outbounds);
            }
        };
    }

    /** All warehouses do what they are asked, but for calls in which that outbound comes. */
    private record Breaking(String outbound) implements WarehouseLocks {
        private static final WarehouseLocks ANSWERING = warehouse(1, 0, 1);

        @Override
        public Map<String, Later<Answer<Lock>>> lock(Map<String, List<Parcel>> parcels, Map<String, Long> low) {
            return unlessBroken(parcels, Parcel::outbound, ANSWERING.lock(parcels, low));
        }

        @Override
        public Map<String, Later<Answer<Release>>> release(Map<String, List<Outbound>> outbounds) {
            return unlessBroken(outbounds, one -> one, ANSWERING.release(outbounds));
        }

        private <Q, A> Map<String, Later<Answer<A>>> unlessBroken(
                Map<String, List<Q>> asked, Function<Q, Outbound> of, Map<String, Later<Answer<A>>> answers) {
            Map<String, Answer<A>> given = Answers.of(answers);
            given.replaceAll((warehouse, answer) ->
                    asked.get(warehouse).stream().map(of).map(Outbound::id).anyMatch(outbound::equals)
                            ? new Answer.Refused<>("INTERNAL: it breaks its posting")
                            : answer);
            return Answers.given(given);
        }
    }

    /** Warehouses that know none of their outbounds. */
    private static final class Forgetful implements WarehouseLocks {
        @Override
        public Map<String, Later<Answer<Lock>>> lock(Map<String, List<Parcel>> parcels, Map<String, Long> low) {
            Map<String, Answer<Lock>> answers = new HashMap<>();
            parcels.forEach((warehouse, asked) -> answers.put(
                    warehouse,
                    new Answer.Answered<>(asked.stream()
                            .map(parcel -> new Lock(parcel.outbound().id(), 0, 0, true, PEER))
                            .toList())));
            return Answers.given(answers);
        }

        @Override
        public Map<String, Later<Answer<Release>>> release(Map<String, List<Outbound>> outbounds) {
            Map<String, Answer<Release>> answers = new HashMap<>();
            outbounds.forEach((warehouse, asked) -> answers.put(
                    warehouse,
                    new Answer.Answered<>(asked.stream()
                            .map(one -> new Release(one.id(), one.release().request(), 0, true, PEER))
                            .toList())));
            return Answers.given(answers);
        }
    }

    /** Warehouses that cannot be reached. */
    private static class Silent implements WarehouseLocks {
        @Override
        public Map<String, Later<Answer<Lock>>> lock(Map<String, List<Parcel>> parcels, Map<String, Long> low) {
            return Answers.given(parcels.keySet().stream()
                    .collect(Collectors.toMap(
                            warehouse -> warehouse, warehouse -> new Answer.Indeterminate<>("silent"))));
        }

        @Override
        public Map<String, Later<Answer<Release>>> release(Map<String, List<Outbound>> outbounds) {
            return Answers.given(outbounds.keySet().stream()
                    .collect(Collectors.toMap(
                            warehouse -> warehouse, warehouse -> new Answer.Indeterminate<>("silent"))));
        }
    }
}
