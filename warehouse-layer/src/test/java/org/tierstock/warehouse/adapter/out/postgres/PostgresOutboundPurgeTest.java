package org.tierstock.warehouse.adapter.out.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.Cell;
import org.tierstock.movements.NodeKey;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.ToDispatch.ReceiptCause;
import org.tierstock.runtime.sql.Database;
import org.tierstock.warehouse.application.Floor;
import org.tierstock.warehouse.application.LockStock;
import org.tierstock.warehouse.domain.LockOutcome;
import org.tierstock.warehouse.domain.OutboundCancel;
import org.tierstock.warehouse.domain.OutboundOrder;
import org.tierstock.warehouse.domain.PeerJournal;
import org.tierstock.warehouse.domain.Receipt;
import org.tierstock.warehouse.domain.ShipOutcome;
import org.tierstock.warehouse.domain.Shipment;
import org.tierstock.warehouse.domain.StockKey;
import org.tierstock.warehouse.domain.WarehouseBucket;

class PostgresOutboundPurgeTest {
    private static final Sku COLA = new Sku("COLA");
    private static final PeerJournal DISPATCH = new PeerJournal(1, 1);
    private static final int LIMIT = 10;

    private final PostgresAdapters adapters = new PostgresAdapters();
    private final Database database = adapters.database();
    private final Floor floor = new Floor(adapters);
    private final PostgresOutboundPurge purge = new PostgresOutboundPurge(database);

    @Test
    void an_outbound_that_dispatch_has_finished_with_goes_and_a_late_request_for_it_moves_nothing() {
        receive(5);
        lock(1, 2);
        ShipOutcome shipped = ship(1);
        released(1);
        shipmentsApplied();

        purge(0);

        assertThat(outbounds()).isEmpty();
        assertThat(lock(1, 2)).isEqualTo(new LockOutcome.Stale());
        assertThat(floor.total(WarehouseBucket.LOCKED)).isZero();
        assertThat(floor.total(WarehouseBucket.AVAILABLE)).isEqualTo(3);
        assertThat(shipped)
                .isInstanceOfSatisfying(
                        ShipOutcome.Shipped.class,
                        first -> assertThat(ship(1)).isEqualTo(new ShipOutcome.Shipped(first.goods(), true)));
    }

    @Test
    void an_answered_cancel_goes_with_its_outbound() {
        receive(5);
        lock(1, 2);
        floor.releaseAll(List.of(new OutboundCancel("WH1", "OB1", "RQ1", 2, DISPATCH)));
        released(1);

        purge(0);

        assertThat(outbounds()).isEmpty();
        assertThat(database.query(
                        "SELECT count(*) FROM outbound_cancellation", Database.Binder.NOTHING, row -> row.getLong(1)))
                .containsExactly(0L);
    }

    @Test
    void an_outbound_beyond_what_dispatch_has_released_stays() {
        receive(5);
        lock(1, 2);
        lock(2, 2);
        floor.releaseAll(List.of(
                new OutboundCancel("WH1", "OB1", "RQ1", 2, DISPATCH),
                new OutboundCancel("WH1", "OB2", "RQ2", 2, DISPATCH)));
        released(1);

        purge(0);

        assertThat(outbounds()).containsExactly("OB2");
        assertThat(lock(2, 2)).isEqualTo(new LockOutcome.Answered(2, 1));
    }

    @Test
    void an_outbound_stays_while_a_cut_may_lie_before_its_shipment() {
        receive(5);
        lock(1, 2);
        ship(1);
        released(1);

        purge(0);

        assertThat(outbounds()).containsExactly("OB1");
    }

    @Test
    void an_outbound_that_is_too_young_stays() {
        receive(5);
        lock(1, 2);
        ship(1);
        released(1);
        shipmentsApplied();

        purge(3600);

        assertThat(outbounds()).containsExactly("OB1");
    }

    @Test
    void whatever_was_told_to_be_finished_only_what_was_purged_is_stale() {
        receive(5);
        lock(1, 2);
        lock(3, 2);
        floor.releaseAll(List.of(new OutboundCancel("WH1", "OB1", "RQ1", 2, DISPATCH)));
        released(1_000_000_000_000L);

        purge(0);

        assertThat(outbounds()).containsExactly("OB3");
        assertThat(lock(1, 2)).isEqualTo(new LockOutcome.Stale());
        assertThat(lock(2, 1)).isInstanceOf(LockOutcome.Answered.class);
        assertThat(lock(4, 1)).isInstanceOf(LockOutcome.Answered.class);
    }

    @Test
    void an_outbound_that_still_holds_goods_stays_whatever_was_told_of_it() {
        receive(5);
        lock(1, 2);
        released(1_000_000_000_000L);

        purge(0);

        assertThat(outbounds()).containsExactly("OB1");
        assertThat(floor.total(WarehouseBucket.LOCKED)).isEqualTo(2);
    }

    @Test
    void outbounds_have_come_as_far_as_the_highest_that_is_kept_or_was_purged() {
        PostgresOutboundNumbers numbers = new PostgresOutboundNumbers(database);
        assertThat(numbers.last("WH1")).isZero();

        receive(5);
        lock(1, 2);
        lock(3, 2);
        assertThat(numbers.lastOf("D>W:WH1")).isEqualTo(3);
        assertThat(numbers.last("WH2")).isZero();

        ship(1);
        ship(3);
        released(3);
        shipmentsApplied();
        purge(0);
        assertThat(outbounds()).isEmpty();
        assertThat(numbers.last("WH1")).isEqualTo(3);
    }

    private void purge(long keepSeconds) {
        adapters.transactions().inTransaction(() -> purge.purge(LIMIT, keepSeconds));
    }

    private List<String> outbounds() {
        return database.query(
                "SELECT outbound FROM outbound ORDER BY number", Database.Binder.NOTHING, row -> row.getString(1));
    }

    private void released(long number) {
        database.update("INSERT INTO stream_released VALUES ('D>W:WH1', 0, ?)", p -> p.number(1, number));
    }

    /** Dispatch has applied every message of the warehouse, and they were purged here. */
    private void shipmentsApplied() {
        database.update("""
                INSERT INTO stream_floor (stream, partition, side, sequence)
                SELECT stream, partition, 'SENT', sequence FROM stream_head
                """, Database.Binder.NOTHING);
    }

    private void receive(long units) {
        floor.receive(new Receipt(
                "R1",
                ReceiptCause.PURCHASE,
                "WH1",
                List.of(new Receipt.Line(
                        1, new StockKey("WH1", "MAIN", "OWN", COLA, "B1", Quality.NORMAL, "A-1"), null, 0, units, 0))));
    }

    private LockOutcome lock(long number, long units) {
        Cell cell = new Cell(new NodeKey("WH1", "MAIN", "OWN", Quality.NORMAL), COLA);
        return floor.lock(new LockStock.Request(
                new OutboundOrder("OB" + number, number, "web:1", 1, cell, units, "A", "EAST", "COURIER", "", DISPATCH),
                0));
    }

    private ShipOutcome ship(long number) {
        return floor.ship(new Shipment("S" + number, "OB" + number, OptionalLong.empty()));
    }
}
