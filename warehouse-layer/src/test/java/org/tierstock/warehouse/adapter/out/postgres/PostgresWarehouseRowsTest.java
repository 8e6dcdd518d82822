package org.tierstock.warehouse.adapter.out.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.ToDispatch.ReceiptCause;
import org.tierstock.runtime.check.Part;
import org.tierstock.runtime.inspect.Audit;
import org.tierstock.runtime.sql.Database.Binder;
import org.tierstock.testing.Audited;
import org.tierstock.testing.KeptRows;
import org.tierstock.testing.RowsRead;
import org.tierstock.warehouse.application.Floor;
import org.tierstock.warehouse.domain.Receipt;
import org.tierstock.warehouse.domain.StockKey;

/** An audit of one warehouse. */
class PostgresWarehouseRowsTest {
    private final RowsRead rowsRead = new RowsRead();

    @ParameterizedTest
    @EnumSource(RowsRead.Plans.class)
    void an_audit_of_a_warehouse_finds_what_is_wrong_there_and_reads_nothing_of_the_others(RowsRead.Plans plans) {
        PostgresAdapters adapters = new PostgresAdapters(rowsRead, plans);
        Floor floor = new Floor(adapters);
        receive(floor, "R1", "WH1", "COLA", "A-1");
        receive(floor, "R2", "WH2", "COLA", "A-1");
        receive(floor, "R3", "WH2", "MILK", "A-1");
        receive(floor, "R4", "WH2", "COLA", "A-2");
        adapters.database()
                .update(
                        "UPDATE shelf_stock SET available = available - 1 WHERE sku = 'COLA' AND location = 'A-1'",
                        Binder.NOTHING);
        rowsRead.clear();
        Audited audited =
                new Audited(adapters.database(), Optional.of(new PostgresWarehouseRows(adapters.database())), 2);

        // What is kept lies in WH1.
        assertThat(audited.differences(new Part("WH2", null))).containsExactly(lost("WH2/MAIN/OWN/COLA/B1/NORMAL/A-1"));
        assertThat(audited.differences(new Part("WH2", "COLA")))
                .containsExactly(lost("WH2/MAIN/OWN/COLA/B1/NORMAL/A-1"));
        assertThat(audited.differences(new Part("WH2", "MILK"))).isEmpty();
        assertThat(audited.differences(new Part("WH1", "COLA")))
                .containsExactly(lost("WH1/MAIN/OWN/COLA/B1/NORMAL/A-1"));
        assertThat(audited.differences(new Part("NOWHERE", null))).isEmpty();
        assertThat(rowsRead.executions()).hasSizeGreaterThan(10);
        assertThat(rowsRead.above(KeptRows.ALWAYS, KeptRows.PER_ROW)).isEmpty();

        // Its rows are found by an index, a page at a time, also where there are many.
        List<Long> page = new PostgresWarehouseRows(adapters.database()).after("WH1", 0, 10);
        assertThat(page).hasSize(10).isSorted();
        assertThat(rowsRead.above(KeptRows.ALWAYS, KeptRows.PER_ROW)).isEmpty();
    }

    private static void receive(Floor floor, String number, String warehouse, String sku, String location) {
        StockKey key = new StockKey(warehouse, "MAIN", "OWN", new Sku(sku), "B1", Quality.NORMAL, location);
        floor.receive(new Receipt(
                number, ReceiptCause.PURCHASE, warehouse, List.of(new Receipt.Line(1, key, null, 0, 5, 0))));
    }

    private static Audit.Difference lost(String key) {
        return new Audit.Difference(key, "AVAILABLE", 4, 5);
    }
}
