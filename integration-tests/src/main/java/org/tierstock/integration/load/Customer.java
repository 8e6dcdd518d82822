package org.tierstock.integration.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Orders one batch after the other, be it of one order, and does with each order one of what customers do: pays, cancels
 * before or after, or forgets it. Now and then repeats documents that were answered, and must be told the same.
 */
final class Customer implements Runnable {
    private static final int MOST_LINES = 3;
    private static final int MOST_UNITS = 4;

    /** Of a hundred orders. */
    private static final int FORGOTTEN = 12;

    private static final int CANCELLED_UNPAID = 12;
    private static final int PARTLY_CANCELLED_UNPAID = 6;
    private static final int CANCELLED_PAID = 15;

    /** One document in so many is sent again. */
    private static final int REPEATED_ONE_IN = 10;

    /** How a customer orders: through what, how many at once, and with what pause after them. */
    record Habit(OrderDesk desk, int ordersAtOnce, Duration pause) {}

    /**
     * A kind of document.
     *
     * @param keep keeps what an answer acknowledges
     * @param same whether two answers to one document are the same
     */
    private record Kind<D, T>(
            Function<List<D>, List<OrderDesk.Told<T>>> send,
            Function<D, KeptOrder> order,
            BiConsumer<D, T> keep,
            BiPredicate<T, T> same) {}

    /** A document that was answered, and must be answered the same while it is known. */
    private record Answered<D, T>(Kind<D, T> kind, D document, T said) {
        KeptOrder order() {
            return kind.order().apply(document);
        }

        boolean isSaidBy(OrderDesk.Told<T> now) {
            return now.said().filter(again -> kind.same().test(said, again)).isPresent();
        }
    }

    private final String name;
    private final Habit habit;
    private final OrderDesk desk;
    private final Market market;
    private final Acknowledged acknowledged;
    private final BooleanSupplier wanted;
    private final SplittableRandom random;
    private final Kind<KeptOrder, String> placing;
    private final Kind<KeptOrder, KeptOrder.Payment> payment;
    private final Kind<OrderDesk.Cancellation, List<OrderDesk.CancelledLine>> cancelling;

    /** Of each order that was placed, and is not lost, the documents in their order. */
    private final Map<KeptOrder, List<Answered<?, ?>>> mine = new LinkedHashMap<>();

    private int orders;

    /** @param name distinguishes the customer's orders from those of others */
    Customer(String name, Habit habit, long seed, Market market, Acknowledged acknowledged, BooleanSupplier wanted) {
        this.name = name;
        this.habit = habit;
        this.desk = habit.desk();
        this.market = market;
        this.acknowledged = acknowledged;
        this.wanted = wanted;
        this.random = new SplittableRandom(seed + name.hashCode());
        this.placing = new Kind<>(desk::place, Function.identity(), this::numbered, Object::equals);
        this.payment = new Kind<>(desk::pay, Function.identity(), KeptOrder::paid, Object::equals);
        this.cancelling = new Kind<>(
                desk::cancel,
                OrderDesk.Cancellation::order,
                Customer::cancelled,
                (lines, again) -> units(lines) == units(again));
    }

    @Override
    public void run() {
        while (wanted.getAsBoolean()) {
            shop();
            LayerClient.sleep(habit.pause());
        }
    }

    private void shop() {
        List<OrderDesk.Cancellation> regretted = new ArrayList<>();
        List<KeptOrder> kept = new ArrayList<>();
        for (KeptOrder order : place()) {
            int fate = random.nextInt(100) - FORGOTTEN;
            if (fate >= 0 && fate < CANCELLED_UNPAID + PARTLY_CANCELLED_UNPAID) {
                regretted.add(cancellation(order, fate >= CANCELLED_UNPAID));
            }
            if (fate >= CANCELLED_UNPAID) {
                kept.add(order);
            }
        }
        tell(cancelling, regretted);
        tell(payment, kept.stream().filter(mine::containsKey).toList());
        tell(
                cancelling,
                kept.stream()
                        .filter(order -> order.paid() && random.nextInt(100) < CANCELLED_PAID)
                        .map(order -> cancellation(order, random.nextBoolean()))
                        .toList());
    }

    /** Sends all documents again, as callers do when a layer's database was set back. */
    void repeatDocuments() {
        List.copyOf(mine.keySet()).forEach(this::repeat);
    }

    /** Those of a batch that are not refused, nor lost. */
    private List<KeptOrder> place() {
        List<KeptOrder> asked = IntStream.range(0, habit.ordersAtOnce())
                .mapToObj(i -> anyOrder())
                .toList();
        tell(placing, asked);
        List<KeptOrder> placed = asked.stream().filter(mine::containsKey).toList();
        placed.forEach(order -> acknowledged.placed(order, desk));
        return placed;
    }

    private KeptOrder anyOrder() {
        orders++;
        Market.Channel channel =
                market.channels().get(random.nextInt(market.channels().size()));
        KeptOrder order = new KeptOrder(channel, name + '-' + orders);
        for (String sku : basket()) {
            order.lines().put(order.lines().size() + 1, new KeptOrder.Line(sku, 1 + random.nextInt(MOST_UNITS)));
        }
        return order;
    }

    /** Different SKUs; the first ones of the market are wanted more than the others. */
    private Set<String> basket() {
        Set<String> basket = new LinkedHashSet<>();
        int lines = 1 + random.nextInt(MOST_LINES);
        for (int i = 0; i < lines; i++) {
            int bound = 1 + random.nextInt(market.skus().size());
            basket.add(market.skus().get(random.nextInt(bound)));
        }
        return basket;
    }

    private static OrderDesk.Cancellation cancellation(KeptOrder order, boolean oneUnit) {
        return new OrderDesk.Cancellation(order, order.cancellationNumber(), oneUnit ? Map.of(1, 1L) : Map.of());
    }

    private void numbered(KeptOrder order, String number) {
        if (!order.number().equals(number)) {
            acknowledged.contradiction("order number was " + order.number() + " and is " + number);
        }
    }

    private static void cancelled(OrderDesk.Cancellation cancellation, List<OrderDesk.CancelledLine> lines) {
        KeptOrder order = cancellation.order();
        order.cancellationAnswered();
        for (OrderDesk.CancelledLine line : lines) {
            order.lines()
                    .get(line.line())
                    .cancelled(order.paid() ? 0 : line.done(), order.paid() ? line.done() + line.pending() : 0);
        }
    }

    /** What a cancellation is about. Its pending units become done or refused, but do not grow or shrink. */
    private static long units(List<OrderDesk.CancelledLine> lines) {
        return lines.stream()
                .mapToLong(line -> line.done() + line.refused() + line.pending())
                .sum();
    }

    /** Sends documents, keeps what is answered to each, and sends some again. */
    private <D, T> void tell(Kind<D, T> kind, List<D> documents) {
        List<Answered<D, T>> again = new ArrayList<>();
        List<OrderDesk.Told<T>> answers = send(kind, documents);
        for (int i = 0; i < documents.size(); i++) {
            answered(kind, documents.get(i), answers.get(i))
                    .filter(answered -> random.nextInt(REPEATED_ONE_IN) == 0)
                    .ifPresent(again::add);
        }
        List<OrderDesk.Told<T>> repeated =
                send(kind, again.stream().map(Answered::document).toList());
        for (int i = 0; i < again.size(); i++) {
            answeredAgain(again.get(i), repeated.get(i));
        }
    }

    /** None when the order is refused, or lost. */
    private <D, T> Optional<Answered<D, T>> answered(Kind<D, T> kind, D document, OrderDesk.Told<T> now) {
        if (now.said().isPresent()) {
            return now.said().map(said -> keep(kind, document, said));
        }
        KeptOrder order = kind.order().apply(document);
        if (!mine.containsKey(order)) {
            acknowledged.refused(order, desk, now.doubtful());
            return Optional.empty();
        }
        if (!acknowledged.isMaybeLost()) {
            throw unknown(document);
        }
        if (!repeat(order)) {
            return Optional.empty();
        }
        T said = send(kind, List.of(document)).getFirst().said().orElseThrow(() -> unknown(document));
        return Optional.of(keep(kind, document, said));
    }

    /** Only a document that may be lost may be answered as if it had never been there; then others of its order may be too. */
    private <D, T> void answeredAgain(Answered<D, T> first, OrderDesk.Told<T> now) {
        if (!now.replayed() && acknowledged.isMaybeLost()) {
            repeat(first.order());
        } else if (!now.replayed() || !first.isSaidBy(now)) {
            contradicts(first, now);
        }
    }

    /** Sends all documents of an order again. False when it was lost and is refused now: nobody else had known it. */
    private boolean repeat(KeptOrder order) {
        List<Answered<?, ?>> documents = mine.remove(order);
        order.forgetAnswers();
        for (Answered<?, ?> document : documents) {
            if (!repeat(document)) {
                acknowledged.forget(order);
                return false;
            }
        }
        return true;
    }

    /** False when it places an order that is refused. */
    private <D, T> boolean repeat(Answered<D, T> before) {
        OrderDesk.Told<T> now = send(before.kind(), List.of(before.document())).getFirst();
        if (now.said().isEmpty()) {
            if (mine.containsKey(before.order())) {
                throw unknown(before.document());
            }
            return false;
        }
        keep(before.kind(), before.document(), now.said().get());
        if (now.replayed() && !before.isSaidBy(now)) {
            contradicts(before, now);
        }
        return true;
    }

    private <D, T> Answered<D, T> keep(Kind<D, T> kind, D document, T said) {
        kind.keep().accept(document, said);
        Answered<D, T> answered = new Answered<>(kind, document, said);
        mine.computeIfAbsent(answered.order(), order -> new ArrayList<>()).add(answered);
        return answered;
    }

    private <D, T> List<OrderDesk.Told<T>> send(Kind<D, T> kind, List<D> documents) {
        List<OrderDesk.Told<T>> answers = kind.send().apply(documents);
        answers.stream().filter(OrderDesk.Told::replayed).forEach(known -> acknowledged.replayed());
        return answers;
    }

    private void contradicts(Answered<?, ?> before, OrderDesk.Told<?> now) {
        acknowledged.contradiction("of " + before.document() + " was said " + before.said() + ", and then " + now);
    }

    private static LoadFailure unknown(Object document) {
        return new LoadFailure("the order of " + document + " is not known, though it was acknowledged");
    }
}
