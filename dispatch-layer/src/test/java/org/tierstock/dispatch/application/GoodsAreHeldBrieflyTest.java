package org.tierstock.dispatch.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tierstock.dispatch.adapter.out.postgres.PostgresAdapters;
import org.tierstock.dispatch.application.DefineRules.Definition;
import org.tierstock.dispatch.domain.AllotmentRule;
import org.tierstock.dispatch.domain.Fixtures;
import org.tierstock.dispatch.domain.Region;
import org.tierstock.dispatch.domain.StockOfSku;
import org.tierstock.dispatch.fake.DispatchLayer;
import org.tierstock.movements.Cell;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.ToDispatch.GoodsReceived;
import org.tierstock.movements.protocol.ToDispatch.ReceiptCause;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.runtime.sql.Database;
import org.tierstock.testing.RowsRead;

/** Sourcing and reports of a SKU wait for each other. Each holds it for few round trips. */
class GoodsAreHeldBrieflyTest {
    private final RowsRead statements = new RowsRead();
    private final PostgresAdapters postgres = new PostgresAdapters(statements);
    private final DispatchLayer dispatch = new DispatchLayer(postgres);
    private long sequence;

    @BeforeEach
    void a_node_has_goods() {
        define(new Definition.OfRegion(new Region("NORTH", ""), null));
        define(new Definition.OfNode(Fixtures.node("A", 1, "NORTH"), null));
        define(new Definition.OfAllotmentRule(
                Fixtures.rule("all", AllotmentRule.Kind.RATIO, Fixtures.weight("WEB", "NORTH", 1)), null));
        receive();
        inTransaction(() -> dispatch.placeFreeStock(10));
        statements.clear();
    }

    @Test
    void sourcing_takes_its_numbers_before_the_goods_and_holds_them_for_eleven_round_trips() {
        inTransaction(() -> dispatch.sourceOrders.source(List.of(new SourceOrders.PaidOrder(
                List.of(next(Fixtures.handOver("WEB:1", 1, Fixtures.key("WEB", "NORTH", Fixtures.PHONE), 4)))))));

        assertThat(whileHeld()).hasSize(11).noneMatch(sql -> sql.contains("nextval"));
    }

    @Test
    void a_report_holds_its_goods_for_six_round_trips() {
        receive();

        assertThat(whileHeld()).hasSize(6);
    }

    @Test
    void whoever_has_waited_for_goods_sees_what_their_last_holder_wrote() {
        CompletableFuture<Long> waiting = inTransaction(() -> {
            lock();
            CompletableFuture<Long> second = CompletableFuture.supplyAsync(() -> inTransaction(() -> lock().free()));
            while (waiting() == 0) {
                Thread.onSpinWait();
            }
            receive();
            return second;
        });

        assertThat(waiting.join()).isEqualTo(10);
    }

    private StockOfSku lock() {
        return dispatch.adapters.stockRows().lock(List.of(Fixtures.PHONE)).of(Fixtures.PHONE);
    }

    private long waiting() {
        return postgres.database()
                .query(
                        "SELECT count(*) FROM pg_locks WHERE NOT granted",
                        Database.Binder.NOTHING,
                        row -> row.getLong(1))
                .getFirst();
    }

    private void receive() {
        Cell cell = new Cell(Fixtures.at("A"), Fixtures.PHONE);
        Received<GoodsReceived> report =
                next(new GoodsReceived("A", "R/" + sequence, cell, 10, 0, ReceiptCause.PURCHASE, ""));
        inTransaction(() -> {
            dispatch.applyWarehouseReports.apply(List.of(report.as(report.message())));
            return true;
        });
    }

    private void define(Definition definition) {
        inTransaction(() -> dispatch.defineRules.define(List.of(Fixtures.signed(definition))));
    }

    private <M extends Message> Received<M> next(M message) {
        return new Received<>(message, new StreamPosition(message.stream(), message.partition(), ++sequence), 1, 1);
    }

    private <T> T inTransaction(Supplier<T> work) {
        return dispatch.adapters.transactions().inTransaction(work);
    }

    /** The statements from the lock of the goods to the commit. */
    private List<String> whileHeld() {
        List<String> all =
                statements.executions().stream().map(RowsRead.Execution::sql).toList();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).contains("FOR UPDATE OF h")) {
                return all.subList(i, all.size());
            }
        }
        throw new AssertionError("Nothing was locked: " + all);
    }
}
