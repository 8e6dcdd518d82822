package org.tierstock.sales.domain;

import static org.tierstock.sales.domain.SalesBucket.EXTERNAL;
import static org.tierstock.sales.domain.SalesBucket.LOCKED;
import static org.tierstock.sales.domain.SalesBucket.SELLABLE;
import static org.tierstock.sales.domain.SalesBucket.SOLD;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.tierstock.movements.Action;
import org.tierstock.movements.Book;
import org.tierstock.movements.DocumentKind;
import org.tierstock.movements.DocumentLine;
import org.tierstock.movements.Movement;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.movements.protocol.ToSales.SaleReversed;
import org.tierstock.sales.domain.Payment.RefundReason;
import org.tierstock.sales.domain.PlaceOutcome.Shortage;

/**
 * A sales order (销售订单). Its lines are placed and paid all or none, and cancelled by quantity.
 *
 * <p>An order is a value: what changes it posts the movements to the book and returns the order as it is afterwards.
 *
 * @param contentHash of the request that placed it
 * @param expiresAt when it gives its lock back unpaid; null: never
 */
public record Order(
        OrderNumber number, Terms terms, long contentHash, Instant placedAt, Instant expiresAt, List<OrderLine> lines) {
    public Order {
        lines = List.copyOf(lines);
    }

    /** An order after a payment, and the answer to it. */
    public record Paying(Order order, Payment payment) {}

    /** An order after a cancellation, and the cancellation. */
    public record Cancelling(Order order, Cancellation cancellation) {}

    /** The same, placed at that time: it may stay unpaid as long. */
    public Order at(Instant time) {
        Instant until = expiresAt == null ? null : time.plus(Duration.between(placedAt, expiresAt));
        return new Order(number, terms, contentHash, time, until, lines);
    }

    /** The state that the lines share, but for those cancelled on the way. */
    public OrderState state() {
        for (OrderLine line : lines) {
            if (line.state() != LineState.CANCELLED) {
                return OrderState.of(line.state());
            }
        }
        return OrderState.CANCELLED;
    }

    /** The line of that number. */
    public Optional<OrderLine> line(int number) {
        return lines.stream().filter(line -> line.line() == number).findFirst();
    }

    /**
     * Locks all lines or none (S11, S29); by payment-time deduction nothing moves, but what is not there is refused alike.
     *
     * @return empty when the order is placed
     */
    public List<Shortage> place(Book<StockKey, SalesBucket> book) {
        List<Shortage> shortages = Demand.of(lines).shortages(book);
        if (shortages.isEmpty() && terms.deductionMode().locksAtOrder()) {
            for (OrderLine line : lines) {
                book.post(within(Action.LOCK, line, SELLABLE, LOCKED, line.quantity(), DocumentKind.SALES_ORDER));
            }
        }
        return shortages;
    }

    /**
     * Takes a payment: LOCKED -> SOLD, or SELLABLE -> SOLD where nothing is locked, each with the hand-over that carries
     * it to dispatch; all lines or none. When one line cannot be served, what is still locked is released and the money
     * goes back (protocol 11.2).
     *
     * <p>The order must not be PAID.
     */
    public Paying pay(ConfirmPayment confirmed, Book<StockKey, SalesBucket> book) {
        return switch (state()) {
            case PLACED, EXPIRED ->
                unlockedDemand().shortages(book).isEmpty()
                        ? new Paying(deduct(confirmed, book), answer(confirmed, null))
                        : new Paying(giveUp(confirmed, book), answer(confirmed, RefundReason.SOLD_OUT));
            case CANCELLED -> new Paying(this, answer(confirmed, RefundReason.ORDER_CANCELLED));
            case REFUND -> new Paying(this, answer(confirmed, RefundReason.ORDER_REFUNDED));
            case PAID -> throw new IllegalStateException(number + " is paid already");
        };
    }

    private Payment answer(ConfirmPayment confirmed, RefundReason refund) {
        return new Payment(confirmed.document(), number, refund);
    }

    private Order deduct(ConfirmPayment confirmed, Book<StockKey, SalesBucket> book) {
        return eachPayable(line -> deduct(line, handOver(line, line.remaining()), confirmed.document(), book));
    }

    private HandOver handOver(OrderLine line, long units) {
        return new HandOver(
                number.text(),
                line.line(),
                line.key().channelKey(),
                units,
                terms.shipRegion(),
                terms.deliveryMethod(),
                terms.addressReference(),
                terms.traceParent(),
                "");
    }

    private OrderLine deduct(OrderLine line, HandOver handOver, String payment, Book<StockKey, SalesBucket> book) {
        SalesBucket from = locked(line) ? LOCKED : SELLABLE;
        DocumentLine because = new DocumentLine(DocumentKind.PAYMENT, payment, line.line());
        book.post(Movement.within(Action.DEDUCT, line.key(), from, SOLD, line.remaining(), because), handOver);
        return line.in(LineState.PAID);
    }

    private Order giveUp(ConfirmPayment confirmed, Book<StockKey, SalesBucket> book) {
        DocumentKind kind = DocumentKind.PAYMENT;
        return eachPayable(line -> {
            unlock(line, line.remaining(), new DocumentLine(kind, confirmed.document(), line.line()), book);
            return line.in(LineState.REFUND);
        });
    }

    /** True when the order is unpaid and its time is up. */
    public boolean due(Instant now) {
        return state() == OrderState.PLACED && expiresAt != null && !expiresAt.isAfter(now);
    }

    /** Gives the locks of an unpaid order back (S11): LOCKED -> SELLABLE. */
    public Order expire(Book<StockKey, SalesBucket> book) {
        return eachPayable(line -> {
            unlock(line, line.remaining(), new DocumentLine(DocumentKind.EXPIRY, number.text(), line.line()), book);
            return line.in(LineState.EXPIRED);
        });
    }

    /**
     * Cancels quantities (protocol 11.3): before payment at once; after it as a request to dispatch, which is pending until
     * dispatch reverses the sale or refuses to; too late on every other line.
     *
     * <p>Every line named must exist.
     */
    public Cancelling cancel(CancelOrder asked, Book<StockKey, SalesBucket> book) {
        Map<Integer, OrderLine> changed = new LinkedHashMap<>();
        List<Cancellation.Line> results = new ArrayList<>();
        for (CancelOrder.Line wanted : asked.lines().isEmpty() ? everythingLeft() : asked.lines()) {
            OrderLine line = line(wanted.line()).orElseThrow();
            long possible = Math.min(wanted.quantity(), line.cancellable());
            long refused = wanted.quantity() - possible;
            switch (line.state()) {
                case PLACED -> {
                    DocumentLine because = new DocumentLine(DocumentKind.CANCELLATION, asked.document(), line.line());
                    unlock(line, possible, because, book);
                    changed.put(line.line(), line.cancelledBeforePayment(possible));
                    results.add(new Cancellation.Line(line.line(), wanted.quantity(), 0, possible, refused, null));
                }
                case PAID, HANDED -> {
                    changed.put(line.line(), line.withPendingCancel(possible));
                    results.add(new Cancellation.Line(line.line(), wanted.quantity(), possible, 0, refused, null));
                }
                case CANCELLED, EXPIRED, REFUND ->
                    results.add(new Cancellation.Line(line.line(), wanted.quantity(), 0, 0, wanted.quantity(), null));
            }
        }
        Order after = eachLine(line -> true, line -> changed.getOrDefault(line.line(), line));
        return new Cancelling(
                after, new Cancellation(asked.document(), number, asked.reasonCode(), asked.contentHash(), results));
    }

    private List<CancelOrder.Line> everythingLeft() {
        return lines.stream()
                .filter(line -> line.cancellable() > 0)
                .map(line -> new CancelOrder.Line(line.line(), line.cancellable()))
                .toList();
    }

    /**
     * Takes back what dispatch reversed: SOLD -> SELLABLE of the regular stock for what may be sold again, SOLD ->
     * EXTERNAL for the rest. Sales never puts a paid quantity back on sale by its own decision.
     *
     * <p>The line must exist.
     */
    public Order reverse(SaleReversed reversal, Book<StockKey, SalesBucket> book) {
        OrderLine line = line(reversal.orderLine()).orElseThrow();
        DocumentLine because = new DocumentLine(DocumentKind.SALE_REVERSAL, reversal.reversal(), 0);
        if (reversal.regranted() > 0) {
            StockKey regular = StockKey.regular(line.key().channelKey());
            book.post(
                    new Movement<>(Action.RETURN, line.key(), SOLD, regular, SELLABLE, reversal.regranted(), because),
                    reversal);
        }
        long gone = reversal.quantity() - reversal.regranted();
        if (gone > 0) {
            book.post(Movement.within(Action.RETURN, line.key(), SOLD, EXTERNAL, gone, because), reversal);
        }
        long settled = reversal.cancel() == null ? 0 : reversal.quantity() + reversal.refused();
        return changing(line.reversed(reversal.quantity()).withPendingCancel(-settled));
    }

    /** The order after dispatch has refused a part of a cancel at once. */
    public Order cancelRefused(int number, long refused) {
        return changing(line(number).orElseThrow().withPendingCancel(-refused));
    }

    /** The lines that are not as they were before, and those that it lacked. */
    public List<OrderLine> changedSince(Order before) {
        Set<OrderLine> same = new HashSet<>(before.lines);
        return lines.stream().filter(line -> !same.contains(line)).toList();
    }

    /** The same with these lines. */
    public Order with(List<OrderLine> others) {
        return new Order(number, terms, contentHash, placedAt, expiresAt, others);
    }

    /** The same with those of these lines that it lacks, as they were before they were paid: they hold nothing. */
    public Order withLost(List<OrderLine> known) {
        List<OrderLine> lost = known.stream()
                .filter(line -> line(line.line()).isEmpty())
                .map(line -> OrderLine.placed(line.line(), line.key(), line.quantity())
                        .in(LineState.EXPIRED))
                .toList();
        if (lost.isEmpty()) {
            return this;
        }
        List<OrderLine> all = new ArrayList<>(lines);
        all.addAll(lost);
        all.sort(Comparator.comparingInt(OrderLine::line));
        return with(all);
    }

    /** What a line that was sold in a lost history must find in SELLABLE, because it is not locked. */
    public long unlocked(OrderLine line, long sold) {
        return locked(line) ? 0 : sold;
    }

    /**
     * A line was sold in a history that this database has lost: what it locks and was not paid goes back, what was paid is
     * deducted. A line that is paid here moves nothing.
     *
     * @param handOver what dispatch was told; null when it was not, so that it must be told now
     * @param sold whole units that were paid; 0 when the line was cancelled before
     */
    public Order soldAgain(int number, long sold, HandOver handOver, String payment, Book<StockKey, SalesBucket> book) {
        OrderLine line = line(number).orElseThrow();
        if (!line.state().payable()) {
            return this;
        }
        long cancelled = line.remaining() - sold;
        unlock(line, cancelled, new DocumentLine(DocumentKind.PAYMENT, payment, number), book);
        OrderLine left = line.cancelledBeforePayment(cancelled);
        return changing(
                sold == 0 ? left : deduct(left, handOver == null ? handOver(left, sold) : handOver, payment, book));
    }

    /** Dispatch is or will be asked to cancel units, by a cancellation of a lost history. */
    public Order cancelPending(int number, long units) {
        return changing(line(number).orElseThrow().withPendingCancel(units));
    }

    private boolean locked(OrderLine line) {
        return terms.deductionMode().locksAtOrder() && line.state() == LineState.PLACED;
    }

    private void unlock(OrderLine line, long units, DocumentLine because, Book<StockKey, SalesBucket> book) {
        if (units > 0 && locked(line)) {
            book.post(Movement.within(Action.UNLOCK, line.key(), LOCKED, SELLABLE, units, because));
        }
    }

    private Movement<StockKey, SalesBucket> within(
            Action action, OrderLine line, SalesBucket from, SalesBucket to, long units, DocumentKind kind) {
        return Movement.within(action, line.key(), from, to, units, new DocumentLine(kind, number.text(), line.line()));
    }

    /** What a payment must find in SELLABLE, because it is not locked. */
    private Demand unlockedDemand() {
        return Demand.of(lines.stream()
                .filter(line -> line.state().payable() && !locked(line))
                .toList());
    }

    private Order eachPayable(UnaryOperator<OrderLine> change) {
        return eachLine(line -> line.state().payable(), change);
    }

    private Order changing(OrderLine changed) {
        return eachLine(line -> line.line() == changed.line(), line -> changed);
    }

    private Order eachLine(Predicate<OrderLine> which, UnaryOperator<OrderLine> change) {
        List<OrderLine> after = new ArrayList<>(lines.size());
        for (OrderLine line : lines) {
            after.add(which.test(line) ? change.apply(line) : line);
        }
        return with(after);
    }
}
