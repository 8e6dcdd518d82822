package org.tierstock.warehouse.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.tierstock.warehouse.domain.WarehouseBucket.AVAILABLE;
import static org.tierstock.warehouse.domain.WarehouseBucket.LOCKED;
import static org.tierstock.warehouse.domain.WarehouseBucket.UNAVAILABLE;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.Cell;
import org.tierstock.movements.NodeKey;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.ToDispatch.GoodsReceived;
import org.tierstock.movements.protocol.ToDispatch.GoodsShipped;
import org.tierstock.movements.protocol.ToDispatch.LostLock;
import org.tierstock.movements.protocol.ToDispatch.ReceiptCause;
import org.tierstock.movements.protocol.ToDispatch.Side;
import org.tierstock.movements.protocol.ToDispatch.StockChanged;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.exchange.NumberRanges;
import org.tierstock.warehouse.application.port.OutboundPositions.Position;
import org.tierstock.warehouse.application.port.OutboundPositions.Range;
import org.tierstock.warehouse.domain.CountOutcome;
import org.tierstock.warehouse.domain.CountedStock;
import org.tierstock.warehouse.domain.LineFault;
import org.tierstock.warehouse.domain.LockOutcome;
import org.tierstock.warehouse.domain.OutboundCancel;
import org.tierstock.warehouse.domain.OutboundOrder;
import org.tierstock.warehouse.domain.PeerJournal;
import org.tierstock.warehouse.domain.Pick;
import org.tierstock.warehouse.domain.PickOutcome;
import org.tierstock.warehouse.domain.Receipt;
import org.tierstock.warehouse.domain.ReceiveOutcome;
import org.tierstock.warehouse.domain.ReleaseOutcome;
import org.tierstock.warehouse.domain.ShipOutcome;
import org.tierstock.warehouse.domain.Shipment;
import org.tierstock.warehouse.domain.ShippedGoods;
import org.tierstock.warehouse.domain.StockKey;
import org.tierstock.warehouse.domain.Stocktake;

/** What the warehouse layer does, whatever it stands on. */
public interface UseCasesContract {
    Floor floor();

    // --- Worked examples of the sources

    @Test
    default void s109_500_cases_100_locked_400_available_cancelled_back_to_500() {
        receive("R1", cola("B1", "A-1"), 500, 0);
        long unitsPerCase = 24;

        assertThat(lock("OB1", 1, "COLA", 100 * unitsPerCase)).isEqualTo(100 * unitsPerCase);

        assertThat(floor().total(AVAILABLE)).isEqualTo(400 * unitsPerCase);
        assertThat(floor().total(LOCKED)).isEqualTo(100 * unitsPerCase);

        assertThat(floor().release(cancel("OB1", "CX1", 100 * unitsPerCase)))
                .isEqualTo(new ReleaseOutcome.Released(100 * unitsPerCase));

        assertThat(floor().total(AVAILABLE)).isEqualTo(500 * unitsPerCase);
        assertThat(floor().total(LOCKED)).isZero();
    }

    @Test
    default void s117_phone_10_in_the_house_1_locked_9_available_after_shipment_9_0_9() {
        receive("R1", phone("B1", "A-1"), 0, 10);
        assertPhones(10, 0, 10);

        lock("OB1", 1, "PHONE", 1);
        assertPhones(10, 1, 9);

        ship("S1", "OB1");
        assertPhones(9, 0, 9);
    }

    private void assertPhones(long inTheHouse, long locked, long available) {
        assertThat(floor().total(AVAILABLE) + floor().total(LOCKED)).isEqualTo(inTheHouse);
        assertThat(floor().total(LOCKED)).isEqualTo(locked);
        assertThat(floor().total(AVAILABLE)).isEqualTo(available);
    }

    @Test
    default void s115_10_on_the_shelf_3_sold_7_may_be_sold() {
        receive("R1", phone("B1", "A-1"), 0, 10);

        lock("OB1", 1, "PHONE", 3);

        assertThat(floor().total(AVAILABLE) + floor().total(LOCKED)).isEqualTo(10);
        assertThat(floor().total(AVAILABLE)).isEqualTo(7);
        assertThat(lock("OB2", 2, "PHONE", 8)).isEqualTo(7);
    }

    // --- Receipts

    @Test
    default void cases_become_units_and_bad_units_are_unavailable() {
        Receipt.Line line = new Receipt.Line(1, cola("B1", "A-1"), null, 2, 5, 3);

        floor().receive(receipt("R1", line));

        assertThat(floor().balance(line.key(), AVAILABLE)).isEqualTo(2 * 24 + 5);
        assertThat(floor().balance(line.key(), UNAVAILABLE)).isEqualTo(3);
        assertThat(floor().allMessages())
                .containsExactly(new GoodsReceived(
                        "WH1", "R1/1", line.key().cell(), 2 * 24 + 5, 3, ReceiptCause.PURCHASE, "B1/A-1"));
    }

    @Test
    default void a_repeated_receipt_answers_its_first_result_and_moves_nothing() {
        Receipt receipt = receipt("R1", new Receipt.Line(1, cola("B1", "A-1"), LocalDate.of(2027, 1, 31), 1, 0, 0));
        ReceiveOutcome.Received first = (ReceiveOutcome.Received) floor().receive(receipt);
        floor().clock.advance(Duration.ofHours(1));

        ReceiveOutcome.Received again = (ReceiveOutcome.Received) floor().receive(receipt);

        assertThat(again.replayed()).isTrue();
        assertThat(again.goods()).isEqualTo(first.goods());
        assertThat(floor().total(AVAILABLE)).isEqualTo(24);
        assertThat(floor().allMessages()).hasSize(1);
    }

    @Test
    default void a_receipt_number_with_other_content_is_refused() {
        receive("R1", cola("B1", "A-1"), 1, 0);

        assertThat(floor().receive(receipt("R1", new Receipt.Line(1, cola("B1", "A-1"), null, 2, 0, 0))))
                .isEqualTo(new ReceiveOutcome.DocumentReused());
        assertThat(floor().total(AVAILABLE)).isEqualTo(24);
    }

    @Test
    default void the_same_receipt_twice_in_a_batch_is_posted_once() {
        Receipt receipt = receipt("R1", new Receipt.Line(1, cola("B1", "A-1"), null, 1, 0, 0));

        List<ReceiveOutcome> outcomes = floor().receiveAll(List.of(receipt, receipt));

        assertThat(outcomes)
                .extracting(outcome -> ((ReceiveOutcome.Received) outcome).replayed())
                .containsExactly(false, true);
        assertThat(floor().total(AVAILABLE)).isEqualTo(24);
    }

    @Test
    default void a_receipt_that_names_what_does_not_exist_is_refused_with_each_fault_and_leaves_the_others() {
        StockKey nowhere = new StockKey("WH1", "MAIN", "NOBODY", new Sku("NOTHING"), "B1", Quality.NORMAL, "X-9");
        Receipt refused = receipt(
                "R1",
                new Receipt.Line(1, cola("B1", "A-1"), null, 1, 0, 0),
                new Receipt.Line(2, nowhere, null, 0, 1, 0));
        Receipt good = receipt("R2", new Receipt.Line(1, cola("B2", "A-2"), null, 1, 0, 0));

        List<ReceiveOutcome> outcomes = floor().receiveAll(List.of(refused, good));

        assertThat(outcomes.getFirst())
                .isEqualTo(new ReceiveOutcome.Unacceptable(List.of(
                        new LineFault(2, LineFault.Reason.UNKNOWN_CODE, "sku", "NOTHING"),
                        new LineFault(2, LineFault.Reason.UNKNOWN_CODE, "owner", "NOBODY"),
                        new LineFault(2, LineFault.Reason.UNKNOWN_CODE, "location", "X-9"))));
        assertThat(outcomes.getLast()).isInstanceOf(ReceiveOutcome.Received.class);
        assertThat(floor().total(AVAILABLE)).isEqualTo(24);
    }

    @Test
    default void nothing_is_received_at_a_staging_location() {
        ReceiveOutcome outcome =
                floor().receive(receipt("R1", new Receipt.Line(1, cola("B1", "STAGING"), null, 1, 0, 0)));

        assertThat(faults(outcome)).containsExactly(LineFault.Reason.STAGING_LOCATION);
    }

    @Test
    default void a_batch_has_one_expiry() {
        receive("R1", milk("B1", "A-1"), LocalDate.of(2026, 12, 1), 12);

        ReceiveOutcome other = floor().receive(
                        receipt("R2", new Receipt.Line(1, milk("B1", "A-1"), LocalDate.of(2026, 12, 2), 1, 0, 0)));
        ReceiveOutcome same = floor().receive(receipt("R3", new Receipt.Line(1, milk("B1", "A-2"), null, 1, 0, 0)));

        assertThat(faults(other)).containsExactly(LineFault.Reason.BATCH_EXPIRY_DIFFERS);
        assertThat(same).isInstanceOf(ReceiveOutcome.Received.class);
    }

    private static List<LineFault.Reason> faults(ReceiveOutcome outcome) {
        return ((ReceiveOutcome.Unacceptable) outcome)
                .faults().stream().map(LineFault::reason).toList();
    }

    // --- Locks

    @Test
    default void locks_take_the_earliest_expiry_first_and_what_does_not_expire_last() {
        receive("R1", milk("LATE", "A-1"), LocalDate.of(2027, 3, 1), 5);
        receive("R2", milk("SOON", "A-2"), LocalDate.of(2026, 12, 1), 5);
        receive("R3", cola("NEVER", "A-1"), 0, 5);

        lock("OB1", 1, "MILK", 7);

        assertThat(rows("OB1")).isEqualTo(Map.of("SOON@A-2", 5L, "LATE@A-1", 2L));
    }

    @Test
    default void among_goods_that_expire_alike_the_earliest_receipt_goes_first() {
        receive("R1", cola("SECOND", "A-2"), 0, 5);
        floor().clock.advance(Duration.ofDays(-1));
        receive("R2", cola("FIRST", "B-1"), 0, 5);

        lock("OB1", 1, "COLA", 6);

        assertThat(rows("OB1")).isEqualTo(Map.of("FIRST@B-1", 5L, "SECOND@A-2", 1L));
    }

    @Test
    default void a_shelf_life_gives_a_batch_its_expiry() {
        receive("R1", milk("SHORT", "A-2"), null, 5);
        receive("R2", milk("LONG", "A-1"), LocalDate.of(2027, 1, 1), 5);

        lock("OB1", 1, "MILK", 5);

        assertThat(rows("OB1")).isEqualTo(Map.of("SHORT@A-2", 5L));
    }

    @Test
    default void a_part_lock_is_stored_and_repeated_although_goods_came_since() {
        receive("R1", cola("B1", "A-1"), 0, 3);

        LockOutcome first = floor().lock(request("OB1", 1, "COLA", 5));
        receive("R2", cola("B1", "A-1"), 0, 10);
        LockOutcome again = floor().lock(request("OB1", 1, "COLA", 5));

        assertThat(first).isEqualTo(new LockOutcome.Answered(3, 1));
        assertThat(again).isEqualTo(first);
        assertThat(floor().total(LOCKED)).isEqualTo(3);
    }

    @Test
    default void a_refusal_is_stored_like_a_success() {
        assertThat(lock("OB1", 1, "COLA", 5)).isZero();
        receive("R1", cola("B1", "A-1"), 0, 10);

        assertThat(lock("OB1", 1, "COLA", 5)).isZero();
        assertThat(floor().total(LOCKED)).isZero();
    }

    @Test
    default void an_answer_names_the_last_message_of_its_warehouse_and_partition() {
        receive("R1", cola("B1", "A-1"), 0, 3);
        receive("R2", cola("B2", "A-1"), 0, 3);
        receive("R3", phone("B1", "A-1"), 0, 3);

        assertThat(new Sku("COLA").partition()).isNotEqualTo(new Sku("PHONE").partition());
        assertThat(floor().lockAll(List.of(request("OB1", 1, "COLA", 5), request("OB2", 2, "PHONE", 1))))
                .containsExactly(new LockOutcome.Answered(5, 2), new LockOutcome.Answered(1, 1));
    }

    @Test
    default void in_a_batch_each_outbound_finds_what_the_ones_before_it_left() {
        receive("R1", cola("B1", "A-1"), 0, 5);

        List<LockOutcome> outcomes = floor().lockAll(List.of(
                request("OB1", 1, "COLA", 3),
                request("OB2", 2, "COLA", 3),
                request("OB1", 1, "COLA", 3),
                request("OB3", 3, "COLA", 1)));

        assertThat(outcomes)
                .extracting(outcome -> ((LockOutcome.Answered) outcome).locked())
                .containsExactly(3L, 2L, 3L, 0L);
        assertThat(floor().total(LOCKED)).isEqualTo(5);
    }

    @Test
    default void an_unknown_outbound_that_its_caller_says_is_finished_is_stale_and_moves_nothing() {
        receive("R1", cola("B1", "A-1"), 0, 5);
        floor().lock(new LockStock.Request(order("OB9", 9, "COLA", 1), 8));

        assertThat(floor().lock(new LockStock.Request(order("OB7", 7, "COLA", 1), 8)))
                .isEqualTo(new LockOutcome.Stale());
        assertThat(floor().lock(new LockStock.Request(order("OB9", 9, "COLA", 1), 9)))
                .isEqualTo(new LockOutcome.Answered(1, 1));
        assertThat(floor().total(LOCKED)).isEqualTo(1);
    }

    @Test
    default void what_one_call_says_is_finished_ends_no_other_lock() {
        receive("R1", cola("B1", "A-1"), 0, 5);

        assertThat(floor().lockAll(List.of(
                        new LockStock.Request(order("OB9", 1, "COLA", 1), 1_000_000_000_000L),
                        request("OB2", 2, "COLA", 1))))
                .containsExactly(new LockOutcome.Stale(), new LockOutcome.Answered(1, 1));
        assertThat(floor().lock(request("OB3", 3, "COLA", 1))).isEqualTo(new LockOutcome.Answered(1, 1));
        assertThat(floor().total(LOCKED)).isEqualTo(2);
    }

    @Test
    default void goods_of_another_owner_virtual_warehouse_quality_or_warehouse_are_not_touched() {
        receive("R1", key("WH1", "MAIN", "BRAND", "COLA", "B1", Quality.NORMAL, "A-1"), 0, 5);
        receive("R2", key("WH1", "SHOP", "OWN", "COLA", "B1", Quality.NORMAL, "A-1"), 0, 5);
        receive("R3", key("WH1", "MAIN", "OWN", "COLA", "B1", Quality.DEFECTIVE, "A-1"), 0, 5);
        floor().receive(new Receipt(
                "R4",
                ReceiptCause.PURCHASE,
                "WH2",
                List.of(new Receipt.Line(
                        1, key("WH2", "MAIN", "OWN", "COLA", "B1", Quality.NORMAL, "A-1"), null, 0, 5, 0))));

        assertThat(lock("OB1", 1, "COLA", 1)).isZero();
    }

    @Test
    default void bad_units_are_never_locked() {
        floor().receive(receipt("R1", new Receipt.Line(1, cola("B1", "A-1"), null, 0, 0, 5)));

        assertThat(lock("OB1", 1, "COLA", 1)).isZero();
    }

    // --- Releases

    @Test
    default void a_release_gives_back_at_most_what_is_not_picked() {
        receive("R1", cola("B1", "A-1"), 0, 10);
        lock("OB1", 1, "COLA", 10);
        pick("P1", "OB1", "A-1", "B1", 4, 4);

        assertThat(release("OB1", "CX1", 10)).isEqualTo(6);
        assertThat(release("OB1", "CX2", 10)).isZero();
        assertThat(floor().outbound("OB1").locked()).isEqualTo(4);
        assertThat(floor().total(AVAILABLE)).isEqualTo(6);
    }

    @Test
    default void a_repeated_request_gets_its_stored_answer_and_releases_nothing_more() {
        receive("R1", cola("B1", "A-1"), 0, 10);
        lock("OB1", 1, "COLA", 10);

        List<ReleaseOutcome> outcomes =
                floor().releaseAll(List.of(cancel("OB1", "CX1", 3), cancel("OB1", "CX1", 3), cancel("OB1", "CX2", 2)));

        assertThat(outcomes)
                .containsExactly(
                        new ReleaseOutcome.Released(3), new ReleaseOutcome.Released(3), new ReleaseOutcome.Released(2));
        assertThat(release("OB1", "CX1", 3)).isEqualTo(3);
        assertThat(floor().total(AVAILABLE)).isEqualTo(5);
    }

    @Test
    default void a_release_of_an_unknown_outbound_moves_and_stores_nothing() {
        assertThat(floor().release(cancel("OB1", "CX1", 3))).isEqualTo(new ReleaseOutcome.UnknownOutbound());
        receive("R1", cola("B1", "A-1"), 0, 10);
        lock("OB1", 1, "COLA", 10);

        assertThat(release("OB1", "CX1", 3)).isEqualTo(3);
    }

    // --- Picks

    @Test
    default void an_outbound_is_unknown_to_who_names_another_warehouse() {
        receive("R1", cola("B1", "A-1"), 0, 10);
        lock("OB1", 1, "COLA", 10);

        assertThat(floor().release(new OutboundCancel("WH2", "OB1", "CX1", 3, new PeerJournal(1, 1))))
                .isEqualTo(new ReleaseOutcome.UnknownOutbound());

        assertThat(floor().total(AVAILABLE)).isZero();
        assertThat(release("OB1", "CX1", 3)).isEqualTo(3);
    }

    @Test
    default void a_pick_carries_locked_goods_to_staging_and_frees_the_shelf() {
        receive("R1", cola("B1", "A-1"), 0, 10);
        lock("OB1", 1, "COLA", 4);

        pick("P1", "OB1", "A-1", "B1", 4, 4);

        assertThat(rows("OB1")).isEqualTo(Map.of("B1@STAGING", 4L));
        assertThat(floor().outbound("OB1").picked()).isEqualTo(4);
        assertThat(floor().balance(cola("B1", "A-1"), LOCKED)).isZero();
        assertThat(floor().balance(cola("B1", "STAGING"), LOCKED)).isEqualTo(4);
        assertThat(floor().takeMessages()).hasSize(1);
    }

    @Test
    default void a_short_pick_counts_the_place_as_empty_and_names_every_outbound_that_loses() {
        receive("R1", cola("B1", "A-1"), 0, 12);
        lock("OB1", 1, "COLA", 5);
        lock("OB2", 2, "COLA", 4);
        floor().takeMessages();

        PickOutcome.Picked picked = (PickOutcome.Picked) pick("P1", "OB1", "A-1", "B1", 5, 2);

        assertThat(picked.goods().lines().getFirst().lost()).isEqualTo(10);
        assertThat(floor().balance(cola("B1", "A-1"), AVAILABLE)).isZero();
        assertThat(floor().balance(cola("B1", "A-1"), LOCKED)).isZero();
        assertThat(floor().outbound("OB1").picked()).isEqualTo(2);
        assertThat(floor().outbound("OB1").lost()).isEqualTo(3);
        assertThat(floor().outbound("OB2").lost()).isEqualTo(4);
        assertThat(floor().takeMessages())
                .containsExactly(new StockChanged(
                        "WH1",
                        "PICK P1/1",
                        List.of(new Side(cola("B1", "A-1").cell(), -3, 0, "B1/A-1")),
                        List.of(new LostLock("OB2", 4), new LostLock("OB1", 3))));
    }

    @Test
    default void a_repeated_pick_answers_its_first_result() {
        receive("R1", cola("B1", "A-1"), 0, 12);
        lock("OB1", 1, "COLA", 5);
        PickOutcome.Picked first = (PickOutcome.Picked) pick("P1", "OB1", "A-1", "B1", 5, 2);

        PickOutcome.Picked again = (PickOutcome.Picked) pick("P1", "OB1", "A-1", "B1", 5, 2);

        assertThat(again.replayed()).isTrue();
        assertThat(again.goods()).isEqualTo(first.goods());
        assertThat(pick("P1", "OB1", "A-1", "B1", 5, 3)).isEqualTo(new PickOutcome.DocumentReused());
    }

    @Test
    default void a_pick_of_more_than_is_locked_there_moves_nothing() {
        receive("R1", cola("B1", "A-1"), 0, 12);
        lock("OB1", 1, "COLA", 5);

        assertThat(pick("P1", "OB1", "A-1", "B1", 6, 6))
                .isEqualTo(new PickOutcome.NotLocked(List.of(new PickOutcome.NotLocked.Line("A-1", "B1", 6, 5))));
        assertThat(pick("P2", "OB9", "A-1", "B1", 1, 1)).isEqualTo(new PickOutcome.UnknownOutbound());
        assertThat(floor().pick(new Pick("P3", "OB1", "A-2", List.of(new Pick.Line("A-1", "B1", 1, 1)))))
                .isEqualTo(new PickOutcome.UnknownStaging("A-2"));
        assertThat(rows("OB1")).isEqualTo(Map.of("B1@A-1", 5L));
    }

    @Test
    default void picked_goods_cannot_be_picked_again() {
        receive("R1", cola("B1", "A-1"), 0, 5);
        lock("OB1", 1, "COLA", 5);
        pick("P1", "OB1", "A-1", "B1", 5, 5);

        assertThat(pick("P2", "OB1", "STAGING", "B1", 1, 1)).isInstanceOf(PickOutcome.NotLocked.class);
    }

    // --- Shipments

    @Test
    default void a_shipment_has_a_line_and_a_message_for_each_batch() {
        receive("R1", milk("SOON", "A-1"), LocalDate.of(2026, 12, 1), 3);
        receive("R2", milk("LATE", "A-1"), LocalDate.of(2027, 12, 1), 3);
        lock("OB1", 1, "MILK", 5);
        floor().takeMessages();

        ShipOutcome.Shipped shipped = (ShipOutcome.Shipped) ship("S1", "OB1");

        assertThat(shipped.goods().lines())
                .containsExactly(new ShippedGoods.Line(1, "LATE", 2), new ShippedGoods.Line(2, "SOON", 3));
        Cell cell = milk("SOON", "A-1").cell();
        assertThat(floor().takeMessages())
                .containsExactly(
                        new GoodsShipped("WH1", "S1/1", "OB1", cell, 2, "LATE"),
                        new GoodsShipped("WH1", "S1/2", "OB1", cell, 3, "SOON"));
        assertThat(floor().outbound("OB1").shipped()).isEqualTo(5);
        assertThat(floor().total(AVAILABLE)).isEqualTo(1);
    }

    @Test
    default void an_outbound_is_shipped_part_by_part_picked_goods_first() {
        receive("R1", cola("B1", "A-1"), 0, 10);
        lock("OB1", 1, "COLA", 10);
        pick("P1", "OB1", "A-1", "B1", 4, 4);

        floor().ship(new Shipment("S1", "OB1", OptionalLong.of(5)));

        assertThat(rows("OB1")).isEqualTo(Map.of("B1@A-1", 5L));
        assertThat(floor().outbound("OB1").shipped()).isEqualTo(5);

        ship("S2", "OB1");

        assertThat(floor().outbound("OB1").locked()).isZero();
        assertThat(floor().outbound("OB1").shipped()).isEqualTo(10);
        assertThat(floor().balances()).isEmpty();
    }

    @Test
    default void a_repeated_shipment_answers_its_first_result_and_ships_nothing_more() {
        receive("R1", cola("B1", "A-1"), 0, 10);
        lock("OB1", 1, "COLA", 10);
        Shipment shipment = new Shipment("S1", "OB1", OptionalLong.of(4));

        List<ShipOutcome> outcomes = floor().shipAll(List.of(shipment, shipment));
        ShipOutcome later = floor().ship(shipment);

        assertThat(outcomes)
                .extracting(outcome -> ((ShipOutcome.Shipped) outcome).replayed())
                .containsExactly(false, true);
        assertThat(later).isEqualTo(outcomes.getLast());
        assertThat(floor().outbound("OB1").shipped()).isEqualTo(4);
        assertThat(floor().ship(new Shipment("S1", "OB1", OptionalLong.empty())))
                .isEqualTo(new ShipOutcome.DocumentReused());
    }

    @Test
    default void a_refused_shipment_leaves_the_others_of_its_batch_untouched() {
        receive("R1", cola("B1", "A-1"), 0, 10);
        lock("OB1", 1, "COLA", 4);
        lock("OB2", 2, "COLA", 4);

        List<ShipOutcome> outcomes = floor().shipAll(List.of(
                new Shipment("S1", "OB1", OptionalLong.of(5)),
                new Shipment("S2", "OB9", OptionalLong.empty()),
                new Shipment("S3", "OB2", OptionalLong.empty()),
                new Shipment("S4", "OB2", OptionalLong.empty())));

        assertThat(outcomes.get(0)).isEqualTo(new ShipOutcome.NotLocked(5, 4));
        assertThat(outcomes.get(1)).isEqualTo(new ShipOutcome.UnknownOutbound());
        assertThat(outcomes.get(2)).isInstanceOf(ShipOutcome.Shipped.class);
        assertThat(outcomes.get(3)).isEqualTo(new ShipOutcome.NotLocked(1, 0));
        assertThat(floor().outbound("OB1").shipped()).isZero();
    }

    // --- Stocktakes

    @Test
    default void a_gain_becomes_available() {
        receive("R1", cola("B1", "A-1"), 0, 10);
        floor().takeMessages();

        count("T1", cola("B1", "A-1"), 12);

        assertThat(floor().balance(cola("B1", "A-1"), AVAILABLE)).isEqualTo(12);
        assertThat(floor().takeMessages())
                .containsExactly(new StockChanged(
                        "WH1",
                        "STOCKTAKE T1/1",
                        List.of(new Side(cola("B1", "A-1").cell(), 2, 0, "B1/A-1")),
                        List.of()));
    }

    @Test
    default void a_loss_takes_what_is_available_before_any_lock() {
        receive("R1", cola("B1", "A-1"), 0, 10);
        lock("OB1", 1, "COLA", 4);

        CountedStock.Line line = count("T1", cola("B1", "A-1"), 5).lines().getFirst();

        assertThat(line.difference()).isEqualTo(-5);
        assertThat(line.locksLost()).isZero();
        assertThat(floor().outbound("OB1").locked()).isEqualTo(4);
        assertThat(floor().balance(cola("B1", "A-1"), AVAILABLE)).isEqualTo(1);
    }

    @Test
    default void a_larger_loss_takes_locks_the_latest_outbound_first_in_one_message() {
        receive("R1", cola("B1", "A-1"), 0, 10);
        lock("OB1", 1, "COLA", 4);
        lock("OB2", 2, "COLA", 4);
        floor().takeMessages();

        CountedStock.Line line = count("T1", cola("B1", "A-1"), 3).lines().getFirst();

        assertThat(line.locksLost()).isEqualTo(5);
        assertThat(floor().outbound("OB1").locked()).isEqualTo(3);
        assertThat(floor().outbound("OB2").locked()).isZero();
        assertThat(floor().takeMessages())
                .containsExactly(new StockChanged(
                        "WH1",
                        "STOCKTAKE T1/1",
                        List.of(new Side(cola("B1", "A-1").cell(), -2, 0, "B1/A-1")),
                        List.of(new LostLock("OB2", 4), new LostLock("OB1", 1))));
    }

    @Test
    default void a_count_that_agrees_moves_nothing() {
        receive("R1", cola("B1", "A-1"), 0, 10);
        lock("OB1", 1, "COLA", 4);
        floor().takeMessages();

        count("T1", cola("B1", "A-1"), 10);

        assertThat(floor().takeMessages()).isEmpty();
    }

    @Test
    default void goods_of_an_unknown_batch_may_be_found_and_promised() {
        count("T1", cola("FOUND", "A-2"), 3);

        assertThat(lock("OB1", 1, "COLA", 3)).isEqualTo(3);
    }

    @Test
    default void counting_at_staging_can_only_lose() {
        receive("R1", cola("B1", "A-1"), 0, 10);
        lock("OB1", 1, "COLA", 4);
        pick("P1", "OB1", "A-1", "B1", 4, 4);

        CountOutcome gain = floor().count(stocktake("T1", new Stocktake.Line(1, cola("B1", "STAGING"), 5)));
        count("T2", cola("B1", "STAGING"), 3);

        assertThat(((CountOutcome.Unacceptable) gain).faults().getFirst().reason())
                .isEqualTo(LineFault.Reason.STAGING_LOCATION);
        assertThat(floor().outbound("OB1").lost()).isEqualTo(1);
        assertThat(floor().outbound("OB1").picked()).isEqualTo(3);
    }

    @Test
    default void a_repeated_stocktake_answers_its_first_result_although_stock_moved_since() {
        receive("R1", cola("B1", "A-1"), 0, 10);
        CountedStock first = count("T1", cola("B1", "A-1"), 8);
        lock("OB1", 1, "COLA", 4);
        ship("S1", "OB1");

        assertThat(count("T1", cola("B1", "A-1"), 8)).isEqualTo(first);
        assertThat(floor().total(AVAILABLE)).isEqualTo(4);
        assertThat(floor().count(stocktake("T1", new Stocktake.Line(1, cola("B1", "A-1"), 7))))
                .isEqualTo(new CountOutcome.DocumentReused());
    }

    @Test
    default void bad_units_are_not_counted_and_not_lost() {
        floor().receive(receipt("R1", new Receipt.Line(1, cola("B1", "A-1"), null, 0, 5, 2)));

        count("T1", cola("B1", "A-1"), 0);

        assertThat(floor().balance(cola("B1", "A-1"), UNAVAILABLE)).isEqualTo(2);
    }

    // --- Positions at a cut

    @Test
    default void a_position_at_a_cut_does_not_know_what_later_messages_took() {
        receive("R1", cola("B1", "A-1"), 0, 10);
        lock("OB1", 1, "COLA", 6);
        lock("OB2", 2, "COLA", 4);
        int partition = new Sku("COLA").partition();
        floor().ship(new Shipment("S1", "OB1", OptionalLong.of(2)));
        ship("S2", "OB2");
        count("T1", cola("B1", "A-1"), 3);

        assertThat(floor().positions("WH1", List.of(cut(partition, 1))))
                .containsExactly(new Position("WH1", "OB1", 6), new Position("WH1", "OB2", 4));
        assertThat(floor().positions("WH1", List.of(cut(partition, 2))))
                .containsExactly(new Position("WH1", "OB1", 4), new Position("WH1", "OB2", 4));
        assertThat(floor().positions("WH1", List.of(cut(partition, 2, 4L))))
                .containsExactly(new Position("WH1", "OB1", 3), new Position("WH1", "OB2", 4));
        assertThat(floor().positions("WH1", List.of(cut(partition, 4)))).containsExactly(new Position("WH1", "OB1", 3));
        assertThat(floor().positions("WH1", List.of()))
                .containsExactly(new Position("WH1", "OB1", 6), new Position("WH1", "OB2", 4));
        assertThat(floor().positions("WH2", List.of())).isEmpty();
    }

    @Test
    default void positions_are_stated_of_the_warehouses_sku_and_numbers_that_are_asked_for() {
        receive("R1", cola("B1", "A-1"), 0, 10);
        lock("OB1", 1, "COLA", 1);
        lock("OB2", 2, "COLA", 2);
        lock("OB3", 3, "COLA", 3);

        assertThat(floor().positions(new Range(List.of("WH1", "WH2"), "", 1, 2), List.of()))
                .containsExactly(new Position("WH1", "OB2", 2));
        assertThat(floor().positions(new Range(List.of("WH1"), "COLA", 2, Long.MAX_VALUE), List.of()))
                .containsExactly(new Position("WH1", "OB3", 3));
        assertThat(floor().positions(new Range(List.of("WH1"), "MILK", 0, Long.MAX_VALUE), List.of()))
                .isEmpty();
    }

    private static AppliedPosition cut(int partition, long contiguous, long... beyond) {
        return new AppliedPosition("W>D:WH1", partition, contiguous, NumberRanges.of(beyond));
    }

    // --- All or nothing

    @Test
    default void a_posting_that_fails_leaves_nothing_behind() {
        receive("R1", cola("B1", "A-1"), 0, 10);
        Receipt receipt = receipt("R2", new Receipt.Line(1, cola("B2", "A-2"), null, 1, 0, 0));

        assertThatIllegalStateException()
                .isThrownBy(() -> floor().failing(() -> {
                    floor().receive(receipt);
                    lock("OB1", 1, "COLA", 4);
                    release("OB1", "CX1", 1);
                    pick("P1", "OB1", "A-1", "B1", 3, 2);
                    ship("S1", "OB1");
                    count("T1", cola("B2", "A-2"), 1);
                }));

        assertThat(floor().total(AVAILABLE)).isEqualTo(10);
        assertThat(floor().outbounds()).isEmpty();
        assertThat(floor().positions("WH1", List.of())).isEmpty();
        assertThat(((ReceiveOutcome.Received) floor().receive(receipt)).replayed())
                .isFalse();
        assertThat(lock("OB1", 1, "COLA", 4)).isEqualTo(4);
        assertThat(release("OB1", "CX1", 1)).isEqualTo(1);
        assertThat(((PickOutcome.Picked) pick("P1", "OB1", "A-1", "B1", 3, 3)).replayed())
                .isFalse();
        assertThat(((ShipOutcome.Shipped) ship("S1", "OB1")).replayed()).isFalse();
        assertThat(count("T1", cola("B2", "A-2"), 1).lines().getFirst().booked())
                .isEqualTo(24);
    }

    // --- What holds after everything

    /** Protocol 7: E2 as far as this layer goes, E4, and the conservation law. */
    @AfterEach
    default void the_equations_hold() {
        Equations.check(floor());
    }

    // --- Words of the tests

    private void receive(String number, StockKey key, long cases, long units) {
        assertThat(floor().receive(receipt(number, new Receipt.Line(1, key, null, cases, units, 0))))
                .isInstanceOf(ReceiveOutcome.Received.class);
    }

    private void receive(String number, StockKey key, LocalDate expiresOn, long units) {
        assertThat(floor().receive(receipt(number, new Receipt.Line(1, key, expiresOn, 0, units, 0))))
                .isInstanceOf(ReceiveOutcome.Received.class);
    }

    private long lock(String outbound, long number, String sku, long quantity) {
        return ((LockOutcome.Answered) floor().lock(request(outbound, number, sku, quantity))).locked();
    }

    private long release(String outbound, String request, long quantity) {
        return ((ReleaseOutcome.Released) floor().release(cancel(outbound, request, quantity))).released();
    }

    private PickOutcome pick(String number, String outbound, String location, String batch, long asked, long found) {
        return floor().pick(
                        new Pick(number, outbound, "STAGING", List.of(new Pick.Line(location, batch, asked, found))));
    }

    private ShipOutcome ship(String number, String outbound) {
        return floor().ship(new Shipment(number, outbound, OptionalLong.empty()));
    }

    private CountedStock count(String number, StockKey key, long counted) {
        return ((CountOutcome.Counted) floor().count(stocktake(number, new Stocktake.Line(1, key, counted)))).stock();
    }

    /** The rows of an outbound as batch@location. */
    private Map<String, Long> rows(String outbound) {
        return floor().outbound(outbound).rows().entrySet().stream()
                .collect(Collectors.toMap(
                        row -> row.getKey().batch() + '@' + row.getKey().location(), Map.Entry::getValue));
    }

    private static Receipt receipt(String number, Receipt.Line... lines) {
        return new Receipt(number, ReceiptCause.PURCHASE, "WH1", List.of(lines));
    }

    private static Stocktake stocktake(String number, Stocktake.Line... lines) {
        return new Stocktake(number, "WH1", List.of(lines));
    }

    private static LockStock.Request request(String outbound, long number, String sku, long quantity) {
        return new LockStock.Request(order(outbound, number, sku, quantity), 0);
    }

    private static OutboundOrder order(String outbound, long number, String sku, long quantity) {
        Cell cell = new Cell(new NodeKey("WH1", "MAIN", "OWN", Quality.NORMAL), new Sku(sku));
        return new OutboundOrder(
                outbound, number, "web:1", 1, cell, quantity, "addr", "EAST", "COURIER", "", new PeerJournal(1, 1));
    }

    private static OutboundCancel cancel(String outbound, String request, long quantity) {
        return new OutboundCancel("WH1", outbound, request, quantity, new PeerJournal(1, 1));
    }

    private static StockKey cola(String batch, String location) {
        return key("WH1", "MAIN", "OWN", "COLA", batch, Quality.NORMAL, location);
    }

    private static StockKey phone(String batch, String location) {
        return key("WH1", "MAIN", "OWN", "PHONE", batch, Quality.NORMAL, location);
    }

    private static StockKey milk(String batch, String location) {
        return key("WH1", "MAIN", "OWN", "MILK", batch, Quality.NORMAL, location);
    }

    private static StockKey key(
            String warehouse,
            String virtualWarehouse,
            String owner,
            String sku,
            String batch,
            Quality quality,
            String location) {
        return new StockKey(warehouse, virtualWarehouse, owner, new Sku(sku), batch, quality, location);
    }
}
