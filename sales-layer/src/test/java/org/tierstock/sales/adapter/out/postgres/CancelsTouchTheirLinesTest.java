package org.tierstock.sales.adapter.out.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.ToSales.Cause;
import org.tierstock.movements.protocol.ToSales.SaleReversed;
import org.tierstock.movements.protocol.ToSales.StockGranted;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.sales.application.ApplyGrants;
import org.tierstock.sales.application.CancelOrders;
import org.tierstock.sales.application.ConfirmPayments;
import org.tierstock.sales.application.PlaceOrders;
import org.tierstock.sales.application.RecordCancelAnswers;
import org.tierstock.sales.application.RecordCancelAnswers.Answered;
import org.tierstock.sales.application.ReverseSales;
import org.tierstock.sales.application.port.Cancellations.Unanswered;
import org.tierstock.sales.application.port.DispatchCancels.Accepted;
import org.tierstock.sales.domain.CancelOrder;
import org.tierstock.sales.domain.Cancellation;
import org.tierstock.sales.domain.ConfirmPayment;
import org.tierstock.sales.domain.DeductionMode;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.PlaceOrder;
import org.tierstock.sales.fake.InMemoryAdapters;
import org.tierstock.sales.fake.SalesLayer;
import org.tierstock.testing.EmbeddedDatabase;
import org.tierstock.testing.RowsRead;

/** What dispatch says of a long cancel comes in batches. Each writes the lines that it changes, and no others. */
class CancelsTouchTheirLinesTest {
    private static final int LINES = PlaceOrder.MAX_LINES;
    private static final int BATCH = 100;
    private static final OrderNumber ORDER = SalesLayer.number("1");

    private final RowsRead rows = new RowsRead();
    private final PostgresAdapters adapters = PostgresAdapters.of(
            EmbeddedDatabase.migrated("classpath:db/runtime", "classpath:db/sales")
                    .dataSource(rows, RowsRead.Plans.CUSTOM, ""),
            1000);
    private final RecordCancelAnswers recordCancelAnswers =
            new RecordCancelAnswers(adapters.stockRows(), adapters.orders(), adapters.cancellations());
    private final ReverseSales reverseSales =
            new ReverseSales(adapters.stockRows(), adapters.orders(), adapters.cancellations(), adapters.inbox());

    @BeforeEach
    void an_order_of_two_thousand_lines_is_paid_and_cancelled() {
        StockGranted grant = new StockGranted("GR-1", SalesLayer.key("tea"), "REGULAR", LINES);
        PlaceOrder.Line[] lines = IntStream.rangeClosed(1, LINES)
                .mapToObj(line -> SalesLayer.line(line, "tea", 1))
                .toArray(PlaceOrder.Line[]::new);
        PlaceOrders placeOrders = new PlaceOrders(
                new InMemoryAdapters(SalesLayer.shop(DeductionMode.ORDER_TIME)).channels,
                adapters.stockRows(),
                adapters.orders(),
                adapters.placements());
        ConfirmPayments confirmPayments =
                new ConfirmPayments(adapters.stockRows(), adapters.orders(), adapters.payments(), adapters.outbox());
        CancelOrders cancelOrders =
                new CancelOrders(adapters.stockRows(), adapters.orders(), adapters.cancellations(), work -> {});
        adapters.transactions()
                .inTransaction(() -> new ApplyGrants(adapters.stockRows(), adapters.inbox())
                        .apply(List.of(new Received<>(
                                grant, new StreamPosition(grant.stream(), grant.partition(), 1), 1, 1))));
        adapters.transactions().inTransaction(() -> placeOrders.place(List.of(SalesLayer.order("1", lines))));
        adapters.transactions().inTransaction(() -> confirmPayments.confirm(List.of(new ConfirmPayment(ORDER, "P1"))));
        adapters.transactions()
                .inTransaction(() -> cancelOrders.cancel(List.of(new CancelOrder(ORDER, "C1", "BUYER", List.of()))));
        rows.clear();
    }

    @Test
    void an_answer_to_a_cancel_writes_its_own_line_and_the_orders_only_when_it_refuses() {
        inBatches(lines -> recordCancelAnswers.record(lines.stream()
                .map(line -> new Answered(
                        new Unanswered(Cancellation.cancelOf("shop:C1", line), "shop:C1", ORDER, line, 1),
                        new Accepted(line % 2, SalesLayer.DISPATCH)))
                .toList()));

        assertThat(touched("cancellation_line")).isEqualTo(LINES);
        assertThat(touched("order_line")).isEqualTo(LINES / 2);
    }

    @Test
    void a_reversal_writes_its_own_line_of_the_order_and_of_the_cancellation() {
        inBatches(lines -> reverseSales.reverse(
                lines.stream().map(CancelsTouchTheirLinesTest::reversal).toList()));

        assertThat(touched("cancellation_line")).isEqualTo(LINES);
        assertThat(touched("order_line")).isEqualTo(LINES);
    }

    private static Received<SaleReversed> reversal(int line) {
        SaleReversed reversed = new SaleReversed(
                "RV-" + line,
                ORDER.text(),
                line,
                SalesLayer.key("tea"),
                1,
                1,
                Cause.CANCEL,
                Cancellation.cancelOf("shop:C1", line),
                0);
        return new Received<>(reversed, new StreamPosition(reversed.stream(), reversed.partition(), 1 + line), 1, line);
    }

    private void inBatches(Consumer<List<Integer>> batch) {
        List<Integer> lines = new ArrayList<>();
        for (int line = 1; line <= LINES; line++) {
            lines.add(line);
            if (line % BATCH == 0) {
                List<Integer> together = List.copyOf(lines);
                adapters.transactions().inTransaction(() -> batch.accept(together));
                lines.clear();
            }
        }
    }

    private long touched(String table) {
        return rows.executions().stream()
                .filter(execution -> execution.sql().contains("UPDATE " + table + ' '))
                .mapToLong(RowsRead.Execution::needed)
                .sum();
    }
}
