package org.tierstock.warehouse.adapter.out.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.Cell;
import org.tierstock.movements.NodeKey;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.ToDispatch.ReceiptCause;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.DatabaseFailure;
import org.tierstock.warehouse.application.Floor;
import org.tierstock.warehouse.application.LockStock;
import org.tierstock.warehouse.application.port.OutboundQueries;
import org.tierstock.warehouse.application.port.Scope;
import org.tierstock.warehouse.application.port.StockQueries;
import org.tierstock.warehouse.domain.Batch;
import org.tierstock.warehouse.domain.BatchKey;
import org.tierstock.warehouse.domain.LockOutcome;
import org.tierstock.warehouse.domain.Outbound;
import org.tierstock.warehouse.domain.OutboundOrder;
import org.tierstock.warehouse.domain.PeerJournal;
import org.tierstock.warehouse.domain.Receipt;
import org.tierstock.warehouse.domain.Shipment;
import org.tierstock.warehouse.domain.StockKey;
import org.tierstock.warehouse.domain.Stocktake;

/** What only the database can show: its last walls, concurrent postings, and the lists. */
class PostgresWallsTest {
    private static final int THREADS = 4;
    private static final int ROUNDS = 20;
    private static final Scope EVERYTHING = new Scope(true, Set.of(), true, Set.of());

    private final PostgresAdapters adapters = new PostgresAdapters();
    private final Database database = adapters.database();
    private final Floor floor = new Floor(adapters);

    @Test
    void no_balance_may_fall_below_zero() {
        floor.receive(receipt("R1", key("COLA", "B1", "A-1"), 5));

        for (String bucket : List.of("available", "locked", "unavailable")) {
            assertThatThrownBy(() -> update("UPDATE shelf_stock SET " + bucket + " = -1"))
                    .isInstanceOf(DatabaseFailure.class);
        }
    }

    @Test
    void an_outbounds_units_must_add_up() {
        floor.receive(receipt("R1", key("COLA", "B1", "A-1"), 5));
        floor.lock(request("OB1", 1, "COLA", 5));

        assertThatThrownBy(() -> update("UPDATE outbound SET locked = 4")).isInstanceOf(DatabaseFailure.class);
    }

    @Test
    void the_ledger_keeps_every_row() {
        floor.receive(receipt("R1", key("COLA", "B1", "A-1"), 5));

        assertThatThrownBy(() -> update("UPDATE ledger SET quantity = 6")).isInstanceOf(DatabaseFailure.class);
        assertThatThrownBy(() -> update("DELETE FROM ledger")).isInstanceOf(DatabaseFailure.class);
    }

    @Test
    void concurrent_postings_on_the_same_skus_lose_and_double_nothing() throws Exception {
        List<Future<Long>> shipped = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (int thread = 0; thread < THREADS; thread++) {
                int one = thread;
                shipped.add(threads.submit(() -> work(one)));
            }
        }

        long units = 0;
        for (Future<Long> future : shipped) {
            units += future.get();
        }
        assertThat(floor.ledgerSums()).isEqualTo(floor.balances());
        assertThat(sum("SELECT coalesce(sum(shipped), 0) FROM outbound")).isEqualTo(units);
        assertThat(sum("SELECT sum(quantity) FROM outbound_row")).isEqualTo(sum("SELECT sum(locked) FROM shelf_stock"));
        assertThat(sum("SELECT sum(locked) FROM outbound")).isEqualTo(sum("SELECT sum(locked) FROM shelf_stock"));
        assertThat(sum("SELECT sum(q) FROM outbox CROSS JOIN unnest(effect_quantities) AS e (q)"))
                .isEqualTo(sum("SELECT sum(quantity) FROM book_position"));
    }

    /** Receives, locks, counts and ships; answers how many units it shipped. A deadlock would fail it. */
    private long work(int thread) {
        Random random = new Random(thread);
        long shipped = 0;
        for (int i = 0; i < ROUNDS; i++) {
            String id = thread + "-" + i;
            String sku = random.nextBoolean() ? "COLA" : "PHONE";
            long number = thread * ROUNDS + i + 1L;
            floor.receiveAll(List.of(
                    receipt("R" + id, key(sku, "B1", "A-1"), 3), receipt("Q" + id, key("PHONE", "B2", "A-2"), 1)));
            List<LockOutcome> locked =
                    floor.lockAll(List.of(request("OA" + id, number, sku, 2), request("OB" + id, number, "COLA", 1)));
            floor.count(new Stocktake("T" + id, "WH1", List.of(new Stocktake.Line(1, key(sku, "B1", "A-2"), i % 3))));
            if (((LockOutcome.Answered) locked.getFirst()).locked() > 0) {
                floor.ship(new Shipment("S" + id, "OA" + id, OptionalLong.of(1)));
                shipped += floor.outbound("OA" + id).shipped();
            }
        }
        return shipped;
    }

    @Test
    void lists_go_on_where_a_page_ended_and_show_only_what_the_scope_names() {
        floor.receive(receipt("R1", key("COLA", "B1", "A-1"), 5));
        floor.receive(receipt("R2", key("COLA", "B1", "A-2"), 5));
        floor.receive(receipt("R3", key("PHONE", "B1", "A-1"), 5));
        StockQueries queries = new PostgresStockQueries(database);
        StockQueries.Filter all = new StockQueries.Filter(null, List.of(), EVERYTHING);

        StockQueries.Found<StockQueries.Row, StockKey> first = queries.stock(all, null, 2);
        StockQueries.Found<StockQueries.Row, StockKey> rest = queries.stock(all, first.next(), 2);
        StockQueries.Found<Batch, BatchKey> batches = queries.batches(all, null, 1);

        assertThat(first.rows())
                .extracting(StockQueries.Row::key)
                .containsExactly(key("COLA", "B1", "A-1"), key("COLA", "B1", "A-2"));
        assertThat(rest.rows()).extracting(StockQueries.Row::key).containsExactly(key("PHONE", "B1", "A-1"));
        assertThat(rest.next()).isNull();
        assertThat(queries.batches(all, batches.next(), 5).rows())
                .extracting(batch -> batch.key().sku().code())
                .containsExactly("PHONE");
        assertThat(queries.stock(new StockQueries.Filter("WH2", List.of(), EVERYTHING), null, 5)
                        .rows())
                .isEmpty();
        assertThat(queries.stock(new StockQueries.Filter(null, List.of("PHONE"), EVERYTHING), null, 5)
                        .rows())
                .hasSize(1);
        assertThat(queries.stock(
                                new StockQueries.Filter(
                                        null, List.of(), new Scope(false, Set.of("WH2"), true, Set.of())),
                                null,
                                5)
                        .rows())
                .isEmpty();
        assertThat(queries.stock(
                                new StockQueries.Filter(
                                        null, List.of(), new Scope(true, Set.of(), false, Set.of("BRAND"))),
                                null,
                                5)
                        .rows())
                .isEmpty();
    }

    @Test
    void outbounds_are_listed_by_state_and_order() {
        floor.receive(receipt("R1", key("COLA", "B1", "A-1"), 5));
        floor.lock(request("OPEN1", 1, "COLA", 2));
        floor.lock(request("SHIPPED1", 2, "COLA", 2));
        floor.ship(new Shipment("S1", "SHIPPED1", OptionalLong.empty()));
        floor.lock(request("CLOSED1", 3, "PHONE", 2));
        OutboundQueries queries = new PostgresOutboundQueries(database);

        assertThat(outbounds(queries, OutboundQueries.State.OPEN, null)).containsExactly("OPEN1");
        assertThat(outbounds(queries, OutboundQueries.State.SHIPPED, null)).containsExactly("SHIPPED1");
        assertThat(outbounds(queries, OutboundQueries.State.CLOSED, null)).containsExactly("CLOSED1");
        assertThat(outbounds(queries, null, new OutboundQueries.Place("WH1", 1, "OPEN1")))
                .containsExactly("SHIPPED1", "CLOSED1");
        assertThat(queries.list(new OutboundQueries.Filter("WH1", null, "web:2", EVERYTHING), null, 5)
                        .outbounds())
                .isEmpty();
    }

    private static List<String> outbounds(
            OutboundQueries queries, OutboundQueries.State state, OutboundQueries.Place after) {
        List<Outbound> found = queries.list(new OutboundQueries.Filter("WH1", state, "web:1", EVERYTHING), after, 5)
                .outbounds();
        return found.stream().map(outbound -> outbound.order().outbound()).toList();
    }

    private void update(String sql) {
        database.update(sql, Database.Binder.NOTHING);
    }

    private long sum(String sql) {
        return database.query(sql, Database.Binder.NOTHING, row -> row.getLong(1))
                .getFirst();
    }

    private static Receipt receipt(String number, StockKey key, long units) {
        return new Receipt(number, ReceiptCause.PURCHASE, "WH1", List.of(new Receipt.Line(1, key, null, 0, units, 0)));
    }

    private static LockStock.Request request(String outbound, long number, String sku, long quantity) {
        Cell cell = new Cell(new NodeKey("WH1", "MAIN", "OWN", Quality.NORMAL), new Sku(sku));
        return new LockStock.Request(
                new OutboundOrder(outbound, number, "web:1", 1, cell, quantity, "", "", "", "", new PeerJournal(1, 1)),
                0);
    }

    private static StockKey key(String sku, String batch, String location) {
        return new StockKey("WH1", "MAIN", "OWN", new Sku(sku), batch, Quality.NORMAL, location);
    }
}
