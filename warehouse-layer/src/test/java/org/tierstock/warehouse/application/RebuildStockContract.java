package org.tierstock.warehouse.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tierstock.warehouse.domain.WarehouseBucket.AVAILABLE;
import static org.tierstock.warehouse.domain.WarehouseBucket.LOCKED;
import static org.tierstock.warehouse.domain.WarehouseBucket.UNAVAILABLE;

import java.time.LocalDate;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.Cell;
import org.tierstock.movements.NodeKey;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.ToDispatch.FromWarehouse;
import org.tierstock.movements.protocol.ToDispatch.GoodsReceived;
import org.tierstock.movements.protocol.ToDispatch.LostLock;
import org.tierstock.movements.protocol.ToDispatch.ReceiptCause;
import org.tierstock.movements.protocol.ToDispatch.Side;
import org.tierstock.movements.protocol.ToDispatch.StockChanged;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.warehouse.application.RebuildStock.Lost;
import org.tierstock.warehouse.domain.CountOutcome;
import org.tierstock.warehouse.domain.CountedStock;
import org.tierstock.warehouse.domain.LostOutbound;
import org.tierstock.warehouse.domain.Outbound;
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
import org.tierstock.warehouse.domain.StockHead;
import org.tierstock.warehouse.domain.StockKey;
import org.tierstock.warehouse.domain.Stocktake;
import org.tierstock.warehouse.fake.InMemoryAdapters;

/** One warehouse loses its history; another one, as its backup has it, is told of it by dispatch. */
abstract class RebuildStockContract {
    private static final Sku COLA = new Sku("COLA");
    private static final PeerJournal DISPATCH = new PeerJournal(1, 1);

    private final InMemoryAdapters history = new InMemoryAdapters();
    private final Floor lost = new Floor(history);
    private Floor restored;

    /** The layer that is rebuilt, empty but for its masters. */
    abstract Floor restored();

    @BeforeEach
    void the_backup_knows_ten_units() {
        restored = restored();
        for (Floor floor : List.of(lost, restored)) {
            floor.receive(receipt("R0", line(1, "B1", "A-1", 10)));
        }
    }

    private static StockKey cola(String batch, String location) {
        return new StockKey("WH1", "MAIN", "OWN", COLA, batch, Quality.NORMAL, location);
    }

    private static Receipt.Line line(int line, String batch, String location, long units) {
        return new Receipt.Line(line, cola(batch, location), null, 0, units, 0);
    }

    private static Receipt receipt(String number, Receipt.Line... lines) {
        return new Receipt(number, ReceiptCause.PURCHASE, "WH1", List.of(lines));
    }

    private static LockStock.Request request(String outbound, long number, long units) {
        Cell cell = new Cell(new NodeKey("WH1", "MAIN", "OWN", Quality.NORMAL), COLA);
        return new LockStock.Request(
                new OutboundOrder(outbound, number, "WEB:1", 1, cell, units, "address", "EAST", "PARCEL", "", DISPATCH),
                0);
    }

    private static Shipment shipment(String number, String outbound, long units) {
        return new Shipment(number, outbound, OptionalLong.of(units));
    }

    private static Stocktake stocktake(String number, String location, long counted) {
        return new Stocktake(number, "WH1", List.of(new Stocktake.Line(1, cola("B1", location), counted)));
    }

    /** All but the opening receipt, which the backup knows. */
    private List<Received<FromWarehouse>> told() {
        return history.sent().stream()
                .skip(1)
                .map(sent ->
                        new Received<>((FromWarehouse) sent.message(), sent.position(), sent.epoch(), sent.journal()))
                .toList();
    }

    private List<LostOutbound> outbounds() {
        return lost.outbounds().stream()
                .map(outbound -> new LostOutbound(
                        outbound.order(),
                        true,
                        outbound.refused(),
                        outbound.shipped() + outbound.lost(),
                        outbound.released()))
                .toList();
    }

    private void rebuild() {
        rebuild(told(), outbounds());
    }

    private void rebuild(List<Received<FromWarehouse>> told, List<LostOutbound> outbounds) {
        restored.rebuild(new Lost(new StockHead("WH1", COLA), told, outbounds));
    }

    private static List<Long> units(Outbound outbound) {
        return List.of(outbound.locked(), outbound.shipped(), outbound.lost(), outbound.released(), outbound.refused());
    }

    private void sameOutbounds() {
        for (Outbound outbound : lost.outbounds()) {
            String id = outbound.order().outbound();
            assertThat(units(restored.outbound(id))).as(id).isEqualTo(units(outbound));
        }
        assertThat(restored.balances()).isEqualTo(restored.ledgerSums());
    }

    @Test
    void goods_that_came_lie_where_they_lay_with_their_expiry() {
        lost.receive(receipt("R1", new Receipt.Line(1, cola("B2", "A-2"), LocalDate.of(2027, 1, 31), 0, 5, 2)));

        rebuild();

        assertThat(restored.balances()).isEqualTo(lost.balances());
        restored.lock(request("OB1", 1, 3));
        assertThat(restored.balance(cola("B2", "A-2"), LOCKED)).isEqualTo(3);
    }

    @Test
    void what_left_is_gone_and_what_is_promised_is_locked() {
        lost.receive(receipt("R1", line(1, "B2", "A-2", 5)));
        lost.lock(request("OB1", 1, 12));
        lost.ship(shipment("S1", "OB1", 11));
        lost.lock(request("OB2", 2, 9));

        rebuild();

        sameOutbounds();
        assertThat(restored.balances()).isEqualTo(lost.balances());
    }

    @Test
    void a_rebuild_again_has_no_effect() {
        what_left_is_gone_and_what_is_promised_is_locked();

        rebuild();

        sameOutbounds();
        assertThat(restored.balances()).isEqualTo(lost.balances());
    }

    @Test
    void an_outbound_of_the_backup_goes_on() {
        for (Floor floor : List.of(lost, restored)) {
            floor.lock(request("OB1", 1, 8));
        }
        lost.release(new OutboundCancel("WH1", "OB1", "CX1", 3, DISPATCH));
        lost.ship(shipment("S1", "OB1", 4));

        rebuild();

        sameOutbounds();
        assertThat(restored.balances()).isEqualTo(lost.balances());
    }

    @Test
    void what_counts_and_pickers_found_is_in_the_book_and_locks_are_lost_again() {
        lost.receive(receipt("R1", line(1, "B1", "A-2", 4)));
        lost.lock(request("OB1", 1, 9));
        lost.count(stocktake("ST1", "A-1", 7));
        lost.count(stocktake("ST2", "A-2", 6));
        lost.lock(request("OB2", 2, 2));
        lost.pick(new Pick("PK1", "OB1", "STAGING", List.of(new Pick.Line("A-1", "B1", 7, 5))));

        rebuild();

        sameOutbounds();
        assertThat(restored.total(AVAILABLE)).isEqualTo(lost.total(AVAILABLE));
        assertThat(restored.total(LOCKED)).isEqualTo(lost.total(LOCKED));
    }

    @Test
    void a_lock_that_the_shelf_lacks_is_told_as_lost_and_the_book_is_as_dispatch_has_it() {
        lost.receive(receipt("R1", line(1, "B1", "A-1", 5)));
        lost.lock(request("OB1", 1, 12));
        restored.takeMessages();

        rebuild(List.of(), outbounds());

        assertThat(units(restored.outbound("OB1"))).containsExactly(10L, 0L, 2L, 0L, 0L);
        assertThat(restored.takeMessages())
                .containsExactly(new StockChanged(
                        "WH1",
                        "OUTBOUND_ORDER OB1/2",
                        List.of(new Side(cola("B1", "A-1").cell(), 2, 0, "")),
                        List.of(new LostLock("OB1", 2))));
        assertThat(restored.total(AVAILABLE)).isZero();
        assertThat(restored.total(LOCKED)).isEqualTo(10);
    }

    @Test
    void an_outbound_without_an_answer_of_which_units_left_is_locked_as_far_as_there_is() {
        lost.lock(request("OB1", 1, 12));
        lost.ship(shipment("S1", "OB1", 4));
        LostOutbound unanswered = new LostOutbound(lost.outbound("OB1").order(), false, 0, 4, 0);

        rebuild(told(), List.of(unanswered));

        assertThat(units(restored.outbound("OB1"))).containsExactly(6L, 4L, 0L, 0L, 2L);
    }

    @Test
    void a_receipt_sent_again_moves_only_what_dispatch_was_not_told_of() {
        Receipt whole = receipt("R1", line(1, "B2", "A-2", 5), line(2, "B2", "A-1", 3));
        lost.receive(receipt("R1", line(1, "B2", "A-2", 5)));
        rebuild();

        ReceiveOutcome other = restored.receive(receipt("R1", line(1, "B2", "A-2", 6)));
        ReceiveOutcome.Received received = (ReceiveOutcome.Received) restored.receive(whole);
        ReceiveOutcome.Received again = (ReceiveOutcome.Received) restored.receive(whole);

        assertThat(other).isEqualTo(new ReceiveOutcome.DocumentReused());
        assertThat(received.replayed()).isFalse();
        assertThat(again.replayed()).isTrue();
        assertThat(again.goods()).isEqualTo(received.goods());
        assertThat(restored.total(AVAILABLE)).isEqualTo(18);
        assertThat(restored.total(UNAVAILABLE)).isZero();
        assertThat(restored.takeMessages().getLast())
                .isEqualTo(new GoodsReceived(
                        "WH1", "R1/2", cola("B2", "A-1").cell(), 3, 0, ReceiptCause.PURCHASE, "B2/A-1"));
    }

    @Test
    void a_shipment_sent_again_is_answered_as_before() {
        lost.receive(receipt("R1", line(1, "B2", "A-2", 5)));
        lost.lock(request("OB1", 1, 12));
        ShipOutcome.Shipped first = (ShipOutcome.Shipped) lost.ship(shipment("S1", "OB1", 12));
        rebuild();

        assertThat(restored.ship(shipment("S1", "OB1", 11))).isEqualTo(new ShipOutcome.DocumentReused());
        assertThat(restored.ship(shipment("S1", "OB1", 12))).isEqualTo(new ShipOutcome.Shipped(first.goods(), true));
        assertThat(restored.ship(shipment("S1", "OB1", 12))).isEqualTo(new ShipOutcome.Shipped(first.goods(), true));
        assertThat(restored.total(AVAILABLE)).isEqualTo(3);
    }

    @Test
    void a_count_sent_again_is_answered_as_before_and_counts_nothing() {
        CountedStock first = ((CountOutcome.Counted) lost.count(stocktake("ST1", "A-1", 7))).stock();
        rebuild();
        restored.receive(receipt("R2", line(1, "B1", "A-1", 5)));

        CountOutcome.Counted again = (CountOutcome.Counted) restored.count(stocktake("ST1", "A-1", 7));

        assertThat(again.replayed()).isTrue();
        assertThat(again.stock().lines()).isEqualTo(first.lines());
        assertThat(restored.total(AVAILABLE)).isEqualTo(12);
    }

    @Test
    void a_short_pick_sent_again_carries_what_is_locked_and_empties_nothing() {
        lost.lock(request("OB1", 1, 6));
        Pick pick = new Pick("PK1", "OB1", "STAGING", List.of(new Pick.Line("A-1", "B1", 6, 5)));
        PickOutcome.Picked first = (PickOutcome.Picked) lost.pick(pick);
        rebuild();
        restored.receive(receipt("R2", line(1, "B1", "A-1", 5)));

        PickOutcome.Picked again = (PickOutcome.Picked) restored.pick(pick);

        assertThat(again.goods()).isEqualTo(first.goods());
        assertThat(restored.outbound("OB1").picked()).isEqualTo(5);
        assertThat(restored.total(AVAILABLE)).isEqualTo(5);
    }

    @Test
    void what_is_released_stays_known_for_a_dispatch_layer_that_is_set_back_later() {
        lost.lock(request("OB1", 1, 8));
        lost.release(new OutboundCancel("WH1", "OB1", "CX1", 3, DISPATCH));

        rebuild();

        sameOutbounds();
        assertThat(restored.release(new OutboundCancel("WH1", "OB1", "OB1~R3", 3, DISPATCH)))
                .isEqualTo(new ReleaseOutcome.Released(3));
        sameOutbounds();
    }

    @Test
    void goods_of_a_release_that_dispatch_has_not_heard_of_are_taken_out_of_the_lock() {
        for (Floor floor : List.of(lost, restored)) {
            floor.lock(request("OB1", 1, 10));
        }
        lost.release(new OutboundCancel("WH1", "OB1", "CX1", 6, DISPATCH));
        lost.count(stocktake("ST1", "A-1", 8));
        lost.lock(request("OB2", 2, 3));
        lost.ship(shipment("S1", "OB2", 3));
        List<LostOutbound> unheard = List.of(
                new LostOutbound(lost.outbound("OB1").order(), true, 0, 0, 0),
                new LostOutbound(lost.outbound("OB2").order(), true, 0, 3, 0));
        restored.takeMessages();

        rebuild(told(), unheard);

        assertThat(units(restored.outbound("OB1"))).containsExactly(5L, 0L, 5L, 0L, 0L);
        assertThat(units(restored.outbound("OB2"))).containsExactly(0L, 3L, 0L, 0L, 0L);
        assertThat(restored.takeMessages().stream().filter(StockChanged.class::isInstance))
                .filteredOn(message -> LostOutbound.isLack((StockChanged) message))
                .extracting(message -> message.businessKey())
                .containsExactly("OUTBOUND_ORDER OB1/2", "OUTBOUND_ORDER OB1/5");
        assertThat(restored.balances()).isEqualTo(restored.ledgerSums());
    }
}
