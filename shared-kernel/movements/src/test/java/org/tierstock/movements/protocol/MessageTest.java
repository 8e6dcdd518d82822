package org.tierstock.movements.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.Cell;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.protocol.Message.Effect;
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

class MessageTest {
    private static final ChannelKey KEY = ChannelKey.parse("web/COURIER/NORMAL/EAST/KETTLE");
    private static final Cell GOOD = Cell.parse("WH1/MAIN/ACME/NORMAL/KETTLE");
    private static final Cell WORN = Cell.parse("WH1/MAIN/ACME/DEFECTIVE/KETTLE");

    @Test
    void a_message_travels_in_its_direction_and_in_the_partition_of_its_sku() {
        Message grant = new StockGranted("GR-1-1", KEY, "REGULAR", 5);
        Message settled = new RevocationSettled("RV-1-1", KEY, 5);
        Message received = new GoodsReceived("WH1", "PR-1/1", GOOD, 5, 0, ReceiptCause.PURCHASE, "");

        assertThat(List.of(grant, settled, received))
                .extracting(Message::stream)
                .containsExactly("D>S", "S>D", "W>D:WH1");
        assertThat(List.of(grant, settled, received))
                .extracting(Message::partition)
                .containsOnly(KEY.sku().partition());
        assertThat(List.of(grant, settled, received))
                .extracting(Message::subject)
                .containsExactly(KEY.text(), KEY.text(), GOOD.text());
    }

    @Test
    void a_warehouse_stream_names_its_warehouse() {
        assertThat(Streams.isFromWarehouse("W>D:WH1")).isTrue();
        assertThat(Streams.warehouseOf("W>D:WH1")).isEqualTo("WH1");
        assertThat(Streams.isFromWarehouse(Streams.SALES_TO_DISPATCH)).isFalse();
    }

    @Test
    void the_business_key_is_the_document_that_must_have_its_effect_once() {
        assertThat(new StockGranted("GR-1-1", KEY, "REGULAR", 5).businessKey()).isEqualTo("GR-1-1");
        assertThat(new StockRevoked("RV-1-1", KEY, 5).businessKey()).isEqualTo("RV-1-1");
        assertThat(new RevocationSettled("RV-1-1", KEY, 5).businessKey()).isEqualTo("RV-1-1");
        assertThat(reversed(3, 2).businessKey()).isEqualTo("SR-1-1");
        assertThat(handOver(3).businessKey()).isEqualTo("web:1001/2");
        assertThat(new GoodsReceived("WH1", "PR-1/1", GOOD, 5, 0, ReceiptCause.PURCHASE, "").businessKey())
                .isEqualTo("PR-1/1");
        assertThat(new GoodsShipped("WH1", "SH-1/1", "OB-1-1", GOOD, 5, "B1").businessKey())
                .isEqualTo("SH-1/1");
        assertThat(changed(List.of(new Side(GOOD, -1, 0, "")), List.of()).businessKey())
                .isEqualTo("ST-1/1");
    }

    @Test
    void a_grant_adds_to_the_account_and_a_settlement_or_a_hand_over_takes_from_it() {
        assertThat(new StockGranted("GR-1-1", KEY, "REGULAR", 5).effects()).containsExactly(onAccount(5));
        assertThat(new RevocationSettled("RV-1-1", KEY, 4).effects()).containsExactly(onAccount(-4));
        assertThat(handOver(3).effects()).containsExactly(onAccount(-3));
    }

    @Test
    void asking_for_stock_back_changes_nothing_yet_and_an_empty_settlement_nothing_at_all() {
        assertThat(new StockRevoked("RV-1-1", KEY, 5).effects()).isEmpty();
        assertThat(new RevocationSettled("RV-1-1", KEY, 0).effects()).isEmpty();
    }

    @Test
    void a_reversed_sale_adds_only_what_may_be_sold_again() {
        assertThat(reversed(3, 2).effects()).containsExactly(onAccount(2));
        assertThat(reversed(3, 0).effects()).isEmpty();
    }

    @Test
    void a_receipt_adds_good_and_bad_to_the_book_and_a_shipment_takes_from_it() {
        assertThat(new GoodsReceived("WH1", "PR-1/1", GOOD, 5, 2, ReceiptCause.PURCHASE, "").effects())
                .containsExactly(inBook(GOOD, 7));
        assertThat(new GoodsShipped("WH1", "SH-1/1", "OB-1-1", GOOD, 5, "B1").effects())
                .containsExactly(inBook(GOOD, -5));
    }

    @Test
    void damage_leaves_the_book_as_it_is() {
        assertThat(changed(List.of(new Side(GOOD, -4, 4, "")), List.of()).effects())
                .isEmpty();
    }

    @Test
    void a_change_of_quality_takes_from_one_cell_and_adds_to_the_other() {
        StockChanged change = changed(List.of(new Side(GOOD, -4, 0, ""), new Side(WORN, 4, 0, "")), List.of());

        assertThat(change.effects()).containsExactly(inBook(GOOD, -4), inBook(WORN, 4));
        assertThat(change.cells()).containsExactly(GOOD, WORN);
        assertThat(change.subject()).isEqualTo(GOOD.text());
    }

    @Test
    void lost_locks_are_taken_from_the_first_sides_cell() {
        StockChanged loss = changed(
                List.of(new Side(GOOD, -1, 0, ""), new Side(WORN, 2, 0, "")),
                List.of(new LostLock("OB-1-1", 3), new LostLock("OB-1-2", 4)));

        assertThat(loss.effects()).containsExactly(inBook(GOOD, -8), inBook(WORN, 2));
    }

    @Test
    void a_loss_that_hits_only_locks_still_names_its_cell() {
        StockChanged loss = changed(List.of(new Side(GOOD, 0, 0, "")), List.of(new LostLock("OB-1-1", 3)));

        assertThat(loss.effects()).containsExactly(inBook(GOOD, -3));
    }

    @Test
    void an_effect_that_would_overflow_is_an_error_and_not_a_wrong_number() {
        StockChanged change = changed(List.of(new Side(GOOD, Long.MAX_VALUE, 1, "")), List.of());

        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(change::effects);
    }

    @Test
    void a_message_keeps_its_own_copy_of_its_lists() {
        List<Side> sides = new ArrayList<>(List.of(new Side(GOOD, -1, 0, "")));
        StockChanged change = changed(sides, List.of());

        sides.clear();

        assertThat(change.sides()).hasSize(1);
    }

    private static HandOver handOver(long quantity) {
        return new HandOver("web:1001", 2, KEY, quantity, "EAST", "COURIER", "addr-1", "", "");
    }

    private static SaleReversed reversed(long quantity, long regranted) {
        return new SaleReversed("SR-1-1", "web:1001", 2, KEY, quantity, regranted, Cause.CANCEL, "C-1", 0);
    }

    private static StockChanged changed(List<Side> sides, List<LostLock> lostLocks) {
        return new StockChanged("WH1", "ST-1/1", sides, lostLocks);
    }

    private static Effect onAccount(long quantity) {
        return new Effect(KEY.text(), quantity);
    }

    private static Effect inBook(Cell cell, long quantity) {
        return new Effect(cell.text(), quantity);
    }
}
