package org.tierstock.warehouse.adapter.out.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tierstock.movements.Cell;
import org.tierstock.movements.NodeKey;
import org.tierstock.movements.Partitions;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.ToDispatch.ReceiptCause;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.exchange.NumberRanges;
import org.tierstock.runtime.exchange.PostgresWatermarks;
import org.tierstock.runtime.history.Histories;
import org.tierstock.runtime.sql.Database;
import org.tierstock.testing.KeptRows;
import org.tierstock.testing.RowsRead;
import org.tierstock.testing.RowsRead.Execution;
import org.tierstock.warehouse.application.Floor;
import org.tierstock.warehouse.application.LockStock;
import org.tierstock.warehouse.domain.OutboundCancel;
import org.tierstock.warehouse.domain.OutboundOrder;
import org.tierstock.warehouse.domain.PeerJournal;
import org.tierstock.warehouse.domain.Pick;
import org.tierstock.warehouse.domain.Receipt;
import org.tierstock.warehouse.domain.Shipment;
import org.tierstock.warehouse.domain.StockKey;
import org.tierstock.warehouse.domain.Stocktake;

/** What is kept does not make what is done slower. */
class StatementsReadWhatTheyAnswerTest {
    private static final PeerJournal DISPATCH = new PeerJournal(1, 1);

    private final RowsRead rowsRead = new RowsRead();

    @ParameterizedTest
    @EnumSource(RowsRead.Plans.class)
    void every_statement_of_a_history_reads_about_what_it_answers_whatever_is_kept(RowsRead.Plans plans) {
        PostgresAdapters adapters = new PostgresAdapters(rowsRead, plans);
        Floor floor = new Floor(adapters);

        history(floor);
        assertThat(new PostgresOutboundPurge(adapters.database()).purge(100, 0)).isGreaterThan(100);
        assertThat(known(adapters.database(), "dispatch")).isEqualTo(KeptRows.COUNT);

        assertThat(rowsRead.above(KeptRows.ALWAYS, KeptRows.PER_ROW)).isEmpty();
        assertThat(rowsRead.executions().stream().map(Execution::sql).distinct())
                .hasSizeGreaterThan(30);
    }

    /** What is looked up of a peer for an envelope that is not believed. */
    private static long known(Database database, String peer) {
        return new Histories(database, database, new Installation(database), new PostgresWatermarks(database))
                .known(peer)
                .journal();
    }

    /** Each document by itself, and those that come in batches also in one. */
    private static void history(Floor floor) {
        floor.receive(receipt("R1", "COLA"));
        floor.receiveAll(IntStream.range(100, 300)
                .mapToObj(n -> receipt("R" + n, "PHONE"))
                .toList());
        floor.lock(lock(1, "COLA"));
        floor.lockAll(IntStream.range(100, 300).mapToObj(n -> lock(n, "PHONE")).toList());
        floor.release(release(1));
        floor.releaseAll(IntStream.range(100, 200)
                .mapToObj(StatementsReadWhatTheyAnswerTest::release)
                .toList());
        floor.pick(new Pick("P1", "OB-1", "STAGING", List.of(new Pick.Line("A-1", "B1", 2, 1))));
        floor.ship(shipment(1));
        floor.shipAll(IntStream.range(100, 300)
                .mapToObj(StatementsReadWhatTheyAnswerTest::shipment)
                .toList());
        floor.count(new Stocktake("T1", "WH1", List.of(new Stocktake.Line(1, shelf("COLA"), 3))));
        floor.positions(
                "WH1",
                IntStream.range(0, Partitions.COUNT)
                        .mapToObj(partition ->
                                new AppliedPosition("W>D:WH1", partition, KeptRows.NUMBER, NumberRanges.of(List.of())))
                        .toList());
    }

    private static Receipt receipt(String number, String sku) {
        return new Receipt(
                number, ReceiptCause.PURCHASE, "WH1", List.of(new Receipt.Line(1, shelf(sku), null, 0, 9, 1)));
    }

    private static LockStock.Request lock(int number, String sku) {
        Cell cell = new Cell(new NodeKey("WH1", "MAIN", "OWN", Quality.NORMAL), new Sku(sku));
        return new LockStock.Request(
                new OutboundOrder(
                        "OB-" + number, KeptRows.COUNT + number, "web:1", 1, cell, 4, "", "", "", "", DISPATCH),
                0);
    }

    private static OutboundCancel release(int number) {
        return new OutboundCancel("WH1", "OB-" + number, "CX" + number, 1, DISPATCH);
    }

    private static Shipment shipment(int number) {
        return new Shipment("S" + number, "OB-" + number, OptionalLong.empty());
    }

    private static StockKey shelf(String sku) {
        return new StockKey("WH1", "MAIN", "OWN", new Sku(sku), "B1", Quality.NORMAL, "A-1");
    }
}
