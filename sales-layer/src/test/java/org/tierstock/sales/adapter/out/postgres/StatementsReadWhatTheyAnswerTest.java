package org.tierstock.sales.adapter.out.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tierstock.movements.Partitions;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.ToSales;
import org.tierstock.movements.protocol.ToSales.Cause;
import org.tierstock.movements.protocol.ToSales.SaleReversed;
import org.tierstock.movements.protocol.ToSales.StockGranted;
import org.tierstock.movements.protocol.ToSales.StockRevoked;
import org.tierstock.runtime.exchange.Installation;
import org.tierstock.runtime.exchange.PostgresWatermarks;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.runtime.history.Histories;
import org.tierstock.runtime.obligations.ObligationWatch;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.work.EachInTurn;
import org.tierstock.runtime.work.PostgresStuckWork;
import org.tierstock.runtime.work.Progress;
import org.tierstock.sales.application.AdjustStock;
import org.tierstock.sales.application.ApplyGrants;
import org.tierstock.sales.application.AskCancels;
import org.tierstock.sales.application.CancelOrders;
import org.tierstock.sales.application.ConfirmPayments;
import org.tierstock.sales.application.ExpireLocks;
import org.tierstock.sales.application.PlaceOrders;
import org.tierstock.sales.application.RecordCancelAnswers;
import org.tierstock.sales.application.ReverseSales;
import org.tierstock.sales.application.SettleRevocations;
import org.tierstock.sales.application.port.DispatchCancels;
import org.tierstock.sales.domain.CancelOrder;
import org.tierstock.sales.domain.ConfirmPayment;
import org.tierstock.sales.domain.DeductionMode;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.PlaceOrder;
import org.tierstock.sales.fake.InMemoryChannels;
import org.tierstock.sales.fake.SalesLayer;
import org.tierstock.testing.EmbeddedDatabase;
import org.tierstock.testing.KeptRows;
import org.tierstock.testing.RowsRead;
import org.tierstock.testing.RowsRead.Execution;

/** What is kept does not make what is done slower. */
class StatementsReadWhatTheyAnswerTest {
    private static final Set<Integer> ALL_PARTITIONS =
            IntStream.range(0, Partitions.COUNT).boxed().collect(Collectors.toSet());

    private final EmbeddedDatabase embedded = EmbeddedDatabase.migrated("classpath:db/runtime", "classpath:db/sales");
    private final RowsRead rowsRead = new RowsRead();
    private final Map<Integer, Long> heads = new HashMap<>();
    private PostgresAdapters adapters;

    @ParameterizedTest
    @EnumSource(RowsRead.Plans.class)
    void every_statement_of_a_history_reads_about_what_it_answers_whatever_is_kept(RowsRead.Plans plans) {
        KeptRows.fill(embedded, PostgresAdapters.class, List.of("S>D"), List.of("D>S"));
        // No stock key is remembered, so that they are looked up each time.
        adapters = PostgresAdapters.of(embedded.dataSource(rowsRead, plans, KeptRows.OPTIONS), 0);

        history();
        Database counting = new Database(embedded.dataSource(rowsRead, plans, KeptRows.OPTIONS));
        assertThat(known(counting, "dispatch")).isEqualTo(KeptRows.COUNT);

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

    /** Most kinds of postings by themselves and with others, a few or a batch of them. */
    private void history() {
        new ObligationWatch(adapters.database(), List.of(new SalesObligations()), new SimpleMeterRegistry()).look();
        grant("1", "2", "3", "4", "5", "6");
        grant(batch());
        place("1");
        place("1", "2", "3", "4", "5", "6");
        place(batch());
        pay("1");
        pay("1", "2", "3");
        pay(batch());
        post(() -> new PostgresOrderSheets(adapters.database()).of(List.of(number("1"), number("2"))));
        post(() -> new PostgresOrderSheets(adapters.database())
                .of(Stream.of(batch()).map(SalesLayer::number).toList()));
        adapters.acknowledge();
        cancel("1");
        cancel("1", "2", "4");
        cancel(batch());
        askCancels(2);
        askCancels(150);
        post(() -> new ReverseSales(adapters.stockRows(), adapters.orders(), adapters.cancellations(), adapters.inbox())
                .reverse(List.of(reversed("1"), reversed("2"))));
        post(() -> new ExpireLocks(adapters.stockRows(), adapters.orders())
                .expire(adapters.dueOrders().due(ALL_PARTITIONS, 10)));
        post(() -> new ExpireLocks(adapters.stockRows(), adapters.orders()).expire(List.of(number("5"), number("6"))));
        post(() -> new SettleRevocations(adapters.stockRows(), adapters.inbox(), adapters.outbox())
                .settle(List.of(received(new StockRevoked("RE-1", SalesLayer.key("tea1"), 2)))));
        post(() -> new AdjustStock(adapters.stockRows()).adjust(SalesLayer.key("jam1"), 7, "ADJ-1", () -> true));
    }

    private static String[] batch() {
        return IntStream.range(100, 300).mapToObj(Integer::toString).toArray(String[]::new);
    }

    private void grant(String... numbers) {
        List<Received<StockGranted>> grants = Stream.of(numbers)
                .flatMap(number -> Stream.of("tea", "jam").map(name -> name + number))
                .map(sku -> received(new StockGranted("GR-" + sku, SalesLayer.key(sku), "REGULAR", 10)))
                .toList();
        post(() -> new ApplyGrants(adapters.stockRows(), adapters.inbox()).apply(grants));
    }

    private void place(String... numbers) {
        List<PlaceOrder> orders = new ArrayList<>();
        for (String number : numbers) {
            orders.add(SalesLayer.order(
                    number, SalesLayer.line(1, "tea" + number, 2), SalesLayer.line(2, "jam" + number, 1)));
        }
        InMemoryChannels channels = new InMemoryChannels(SalesLayer.shop(DeductionMode.ORDER_TIME));
        post(() -> new PlaceOrders(channels, adapters.stockRows(), adapters.orders(), adapters.placements())
                .place(orders));
    }

    private void pay(String... numbers) {
        List<ConfirmPayment> payments = new ArrayList<>();
        for (String number : numbers) {
            payments.add(new ConfirmPayment(number(number), "P" + number));
        }
        post(() -> new ConfirmPayments(adapters.stockRows(), adapters.orders(), adapters.payments(), adapters.outbox())
                .confirm(payments));
    }

    private void cancel(String... numbers) {
        List<CancelOrder> cancels = new ArrayList<>();
        for (String number : numbers) {
            cancels.add(new CancelOrder(number(number), "C" + number, "BUYER", List.of()));
        }
        post(() -> new CancelOrders(adapters.stockRows(), adapters.orders(), adapters.cancellations(), work -> {})
                .cancel(cancels));
    }

    private void askCancels(int limit) {
        DispatchCancels dispatch = cancels -> cancels.stream()
                .<DispatchCancels.Answer>map(
                        cancel -> new DispatchCancels.Accepted(cancel.quantity(), SalesLayer.DISPATCH))
                .toList();
        RecordCancelAnswers answers =
                new RecordCancelAnswers(adapters.stockRows(), adapters.orders(), adapters.cancellations());
        EachInTurn eachInTurn = new EachInTurn(
                new PostgresStuckWork(adapters.database(), adapters.database(), 0, 0, 1_000),
                new SimpleMeterRegistry());
        post(() -> assertThat(new AskCancels(adapters.cancellations(), dispatch, answers, eachInTurn)
                        .ask(ALL_PARTITIONS, limit))
                .isEqualTo(Progress.MORE));
    }

    private Received<SaleReversed> reversed(String order) {
        return received(new SaleReversed(
                "RV-" + order,
                number(order).text(),
                1,
                SalesLayer.key("tea" + order),
                1,
                1,
                Cause.CANCEL,
                "shop:C" + order + "~1",
                0));
    }

    private <M extends ToSales> Received<M> received(M message) {
        long sequence = KeptRows.NUMBER + heads.merge(message.partition(), 1L, Long::sum);
        return new Received<>(
                message, new StreamPosition(message.stream(), message.partition(), sequence), 1, sequence);
    }

    private static OrderNumber number(String number) {
        return SalesLayer.number(number);
    }

    private void post(Runnable posting) {
        adapters.transactions().inTransaction(posting);
    }
}
