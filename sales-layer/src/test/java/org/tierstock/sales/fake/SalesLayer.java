package org.tierstock.sales.fake;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tierstock.movements.ChannelKey;
import org.tierstock.movements.Partitions;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Message;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.movements.protocol.ToSales;
import org.tierstock.movements.protocol.ToSales.Cause;
import org.tierstock.movements.protocol.ToSales.SaleReversed;
import org.tierstock.movements.protocol.ToSales.StockGranted;
import org.tierstock.movements.protocol.ToSales.StockRevoked;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.runtime.work.EachInTurn;
import org.tierstock.runtime.work.Unreached;
import org.tierstock.sales.application.AdjustStock;
import org.tierstock.sales.application.ApplyGrants;
import org.tierstock.sales.application.AskCancels;
import org.tierstock.sales.application.CancelOrders;
import org.tierstock.sales.application.ConfirmPayments;
import org.tierstock.sales.application.ExpireLocks;
import org.tierstock.sales.application.PlaceOrders;
import org.tierstock.sales.application.RebuildStock;
import org.tierstock.sales.application.RecordCancelAnswers;
import org.tierstock.sales.application.ReverseSales;
import org.tierstock.sales.application.SettleRevocations;
import org.tierstock.sales.application.port.DispatchCancels;
import org.tierstock.sales.domain.CancelOrder;
import org.tierstock.sales.domain.CancelOutcome;
import org.tierstock.sales.domain.Channel;
import org.tierstock.sales.domain.ConfirmPayment;
import org.tierstock.sales.domain.DeductionMode;
import org.tierstock.sales.domain.Order;
import org.tierstock.sales.domain.OrderLine;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.OrderSheet;
import org.tierstock.sales.domain.PaymentOutcome;
import org.tierstock.sales.domain.PeerJournal;
import org.tierstock.sales.domain.PlaceOrder;
import org.tierstock.sales.domain.PlaceOutcome;
import org.tierstock.sales.domain.SalesBucket;
import org.tierstock.sales.domain.StockKey;

/** The sales layer's real use cases on its fakes, with the words that its tests are written in. */
public final class SalesLayer {
    /** Where the history of dispatch is, whenever it answers. */
    public static final PeerJournal DISPATCH = new PeerJournal(1, 1);

    /** As units that are accepted: dispatch does not know the line. */
    public static final long UNKNOWN_LINE = -1;

    private static final Set<Integer> ALL_PARTITIONS =
            IntStream.range(0, Partitions.COUNT).boxed().collect(Collectors.toSet());

    public final InMemoryAdapters adapters;

    private final PlaceOrders placeOrders;
    private final ConfirmPayments confirmPayments;
    private final CancelOrders cancelOrders;
    private final ExpireLocks expireLocks;
    private final ApplyGrants applyGrants;
    private final SettleRevocations settleRevocations;
    private final ReverseSales reverseSales;
    private final AdjustStock adjustStock;
    private final RecordCancelAnswers recordCancelAnswers;
    private int calls;
    private final RebuildStock rebuildStock;
    private final List<Received<? extends ToSales>> fromDispatch = new ArrayList<>();
    private int received;

    public SalesLayer(Channel... channels) {
        adapters = new InMemoryAdapters(channels);
        var stock = adapters.stock;
        var orders = adapters.orders;
        var cancellations = adapters.cancellations;
        var inbox = adapters.inbox;
        var outbox = adapters.outbox;
        placeOrders = new PlaceOrders(adapters.channels, stock, orders, adapters.placements);
        confirmPayments = new ConfirmPayments(stock, orders, adapters.payments, outbox);
        cancelOrders = new CancelOrders(stock, orders, cancellations, adapters.signals);
        expireLocks = new ExpireLocks(stock, orders);
        applyGrants = new ApplyGrants(stock, inbox);
        settleRevocations = new SettleRevocations(stock, inbox, outbox);
        adjustStock = new AdjustStock(stock);
        reverseSales = new ReverseSales(stock, orders, cancellations, inbox);
        recordCancelAnswers = new RecordCancelAnswers(stock, orders, cancellations);
        rebuildStock = new RebuildStock(stock, inbox, outbox, outbox, orders, cancellations, adapters.lostDocuments);
    }

    /** A layer with the channel "shop", which takes stock in that way and holds for 15 minutes. */
    public static SalesLayer with(DeductionMode mode) {
        return new SalesLayer(shop(mode));
    }

    public static Channel shop(DeductionMode mode) {
        return new Channel("shop", "Shop", "shop", mode, 0, "EXPRESS", "EAST");
    }

    public static ChannelKey key(String sku) {
        return new ChannelKey("shop", "EXPRESS", Quality.NORMAL, "EAST", new Sku(sku));
    }

    public static OrderNumber number(String channelOrderNumber) {
        return new OrderNumber("shop", channelOrderNumber);
    }

    public static PlaceOrder.Line line(int line, String sku, long quantity) {
        return new PlaceOrder.Line(line, new Sku(sku), Quality.NORMAL, quantity);
    }

    public static PlaceOrder order(String number, PlaceOrder.Line... lines) {
        return new PlaceOrder(number(number), null, 0, "", "", "", "", List.of(lines), "");
    }

    public List<PlaceOutcome> place(PlaceOrder... orders) {
        return adapters.transactions.inTransaction(() -> placeOrders.place(List.of(orders)));
    }

    public PlaceOutcome place(String number, String sku, long quantity) {
        return place(order(number, line(1, sku, quantity))).getFirst();
    }

    public PaymentOutcome pay(String order, String payment) {
        return pay(new ConfirmPayment(number(order), payment)).getFirst();
    }

    public List<PaymentOutcome> pay(ConfirmPayment... confirmed) {
        return adapters.transactions.inTransaction(() -> confirmPayments.confirm(List.of(confirmed)));
    }

    public CancelOutcome cancel(String order, String cancellation, CancelOrder.Line... lines) {
        CancelOrder asked = new CancelOrder(number(order), cancellation, "BUYER", List.of(lines));
        return adapters.transactions
                .inTransaction(() -> cancelOrders.cancel(List.of(asked)))
                .getFirst();
    }

    public void pass(Duration duration) {
        adapters.clock.advance(duration);
    }

    /** Expires what is due, and says how many orders that were. */
    public int expire() {
        List<Boolean> expired = adapters.transactions.inTransaction(
                () -> expireLocks.expire(adapters.orders.due(ALL_PARTITIONS, Integer.MAX_VALUE)));
        return (int) expired.stream().filter(now -> now).count();
    }

    /** Gives a message from dispatch the next number of its partition. */
    public <M extends ToSales> Received<M> next(M message) {
        Received<M> next = new Received<>(
                message, new StreamPosition(message.stream(), message.partition(), ++received), 1, received);
        fromDispatch.add(next);
        return next;
    }

    /** Everything that dispatch has sent, oldest first. */
    public List<Received<? extends ToSales>> fromDispatch() {
        return List.copyOf(fromDispatch);
    }

    /** True when dispatch has acknowledged the line's hand-over. */
    public boolean handed(HandOver handOver) {
        return adapters.orders.handed(OrderNumber.parse(handOver.order()), handOver.orderLine());
    }

    public void grant(String sku, long quantity) {
        apply(next(new StockGranted("GR-" + received, key(sku), "REGULAR", quantity)));
    }

    public void apply(Received<StockGranted> grant) {
        adapters.transactions.inTransaction(() -> applyGrants.apply(List.of(grant)));
    }

    public void revoke(Received<StockRevoked> revocation) {
        adapters.transactions.inTransaction(() -> settleRevocations.settle(List.of(revocation)));
    }

    /** Brings the SKU's regular stock to what dispatch has promised; negative when there is too much. */
    public AdjustStock.Outcome adjust(String sku, long quantity, boolean unmoved) {
        return adapters.transactions.inTransaction(
                () -> adjustStock.adjust(key(sku), quantity, "ADJ-" + sku, () -> unmoved));
    }

    public void reverse(Received<SaleReversed> reversal) {
        adapters.transactions.inTransaction(() -> reverseSales.reverse(List.of(reversal)));
    }

    /** A reversal by dispatch of a part of a line. */
    public Received<SaleReversed> reversal(
            String order, int line, long quantity, long regranted, String cancel, long refused) {
        ChannelKey key = order(order).line(line).orElseThrow().key().channelKey();
        return next(new SaleReversed(
                "RV-" + received,
                number(order).text(),
                line,
                key,
                quantity,
                regranted,
                cancel == null ? Cause.SHORTAGE : Cause.CANCEL,
                cancel,
                refused));
    }

    /**
     * Asks dispatch for open cancels; it accepts as many units as that function says of a cancel id, null: no answer, or says
     * that it does not know the line.
     *
     * @return how many it answered
     */
    public int ask(Function<String, Long> accepted) {
        AtomicInteger answered = new AtomicInteger();
        DispatchCancels dispatch = cancels -> {
            calls++;
            return cancels.stream()
                    .map(cancel -> answer(accepted.apply(cancel.cancel()), answered))
                    .toList();
        };
        EachInTurn eachInTurn = new EachInTurn(adapters.stuckWork, new SimpleMeterRegistry());
        AskCancels askCancels = new AskCancels(adapters.cancellations, dispatch, recordCancelAnswers, eachInTurn);
        try {
            adapters.transactions.inTransaction(() -> askCancels.ask(ALL_PARTITIONS, 500));
        } catch (Unreached e) {
            return 0;
        }
        return answered.get();
    }

    private static DispatchCancels.Answer answer(Long units, AtomicInteger answered) {
        if (units == null) {
            return new DispatchCancels.Indeterminate("no answer");
        }
        if (units == UNKNOWN_LINE) {
            return new DispatchCancels.UnknownLine();
        }
        answered.incrementAndGet();
        return new DispatchCancels.Accepted(units, DISPATCH);
    }

    /** How often dispatch was called. */
    public int calls() {
        return calls;
    }

    /** Makes good what dispatch knows of lost histories. */
    public void rebuild(RebuildStock.Lost lost) {
        adapters.transactions.inTransaction(() -> rebuildStock.rebuild(lost));
    }

    /** What goes to dispatch with an order's hand-overs and cancels. */
    public OrderSheet sheet(String number) {
        OrderNumber order = number(number);
        return new OrderSheet(
                order(number),
                adapters.payments.all().stream()
                        .filter(payment -> payment.order().equals(order))
                        .toList(),
                adapters.cancellations.all().stream()
                        .filter(cancel -> cancel.order().equals(order))
                        .toList());
    }

    /** The relay brings all hand-overs to dispatch. */
    public void handOver() {
        handOvers().forEach(adapters.orders::acknowledge);
    }

    public List<HandOver> handOvers() {
        return adapters.outbox.sent().stream()
                .map(Received::message)
                .filter(HandOver.class::isInstance)
                .map(HandOver.class::cast)
                .toList();
    }

    public List<Message> sent() {
        return adapters.outbox.sent().stream().map(Received::message).toList();
    }

    public Order order(String number) {
        return adapters.orders.load(List.of(number(number))).get(number(number));
    }

    public OrderLine lineOf(String order) {
        return order(order).lines().getFirst();
    }

    /** SELLABLE, LOCKED and SOLD of the shop's regular stock. */
    public List<Long> balances(String sku) {
        StockKey key = StockKey.regular(key(sku));
        return List.of(
                adapters.stock.balance(key, SalesBucket.SELLABLE),
                adapters.stock.balance(key, SalesBucket.LOCKED),
                adapters.stock.balance(key, SalesBucket.SOLD));
    }
}
