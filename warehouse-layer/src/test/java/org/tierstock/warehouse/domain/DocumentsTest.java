package org.tierstock.warehouse.domain;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.InvalidValue;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Quantity;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.ToDispatch.ReceiptCause;

/** What no document can be, whoever sends it. */
class DocumentsTest {
    private static final StockKey COLA = key("WH1", "A-1");

    @Test
    void a_receipt_line_has_goods_and_no_impossible_quantity() {
        refused("units", () -> new Receipt.Line(1, COLA, null, 0, 0, 0));
        refused("cases", () -> new Receipt.Line(1, COLA, null, -1, 0, 0));
        refused("units", () -> new Receipt.Line(1, COLA, null, 0, Quantity.MAX + 1, 0));
        refused("badUnits", () -> new Receipt.Line(1, COLA, null, 0, 1, Long.MIN_VALUE));
        refused("line", () -> new Receipt.Line(0, COLA, null, 0, 1, 0));
    }

    @Test
    void a_receipt_has_lines_of_one_warehouse_each_with_its_own_number() {
        Receipt.Line line = new Receipt.Line(1, COLA, null, 0, 1, 0);
        Receipt.Line elsewhere = new Receipt.Line(2, key("WH2", "A-1"), null, 0, 1, 0);

        refused("lines", () -> receipt(List.of()));
        refused("lines", () -> receipt(List.of(line, line)));
        refused("lines", () -> receipt(Collections.nCopies(Receipt.MAX_LINES + 1, line)));
        refused("warehouse", () -> receipt(List.of(line, elsewhere)));
    }

    @Test
    void a_pick_names_each_place_once_and_finds_no_more_than_it_asks() {
        Pick.Line line = new Pick.Line("A-1", "B1", 2, 2);

        refused("found", () -> new Pick.Line("A-1", "B1", 2, 3));
        refused("asked", () -> new Pick.Line("A-1", "B1", 0, 0));
        refused("lines", () -> new Pick("P1", "OB1", "STAGING", List.of()));
        refused("lines", () -> new Pick("P1", "OB1", "STAGING", List.of(line, line)));
    }

    @Test
    void a_shipment_ships_something() {
        refused("quantity", () -> new Shipment("S1", "OB1", OptionalLong.of(0)));
        refused("shipmentNumber", () -> new Shipment("", "OB1", OptionalLong.empty()));
        refused("outbound", () -> new Shipment("S1", null, OptionalLong.empty()));
    }

    @Test
    void a_stocktake_counts_each_row_once() {
        Stocktake.Line line = new Stocktake.Line(1, COLA, 0);

        refused("counted", () -> new Stocktake.Line(1, COLA, -1));
        refused("lines", () -> new Stocktake("T1", "WH1", List.of(line, new Stocktake.Line(2, COLA, 1))));
        refused("warehouse", () -> new Stocktake("T1", "WH2", List.of(line)));
    }

    @Test
    void an_article_has_a_case_of_at_least_one_unit() {
        refused("unitsPerCase", () -> new Article(new Sku("COLA"), "Cola", 0, null));
        refused("shelfLifeDays", () -> new Article(new Sku("COLA"), "Cola", 1, 0));
        refused("name", () -> new Article(new Sku("COLA"), " ", 1, null));
    }

    private static void refused(String field, ThrowingCallable making) {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(making)
                .matches(invalid -> invalid.field().equals(field), "is about " + field);
    }

    private static Receipt receipt(List<Receipt.Line> lines) {
        return new Receipt("R1", ReceiptCause.PURCHASE, "WH1", lines);
    }

    private static StockKey key(String warehouse, String location) {
        return new StockKey(warehouse, "MAIN", "OWN", new Sku("COLA"), "B1", Quality.NORMAL, location);
    }
}
