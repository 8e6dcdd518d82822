package org.tierstock.integration.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
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

    private final String name;
    private final Habit habit;
    private final OrderDesk desk;
    private final Market market;
    private final Acknowledged acknowledged;
    private final BooleanSupplier wanted;
    private final SplittableRandom random;
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
        cancel(regretted);
        pay(kept);
        cancel(kept.stream()
                .filter(order -> order.paid() && random.nextInt(100) < CANCELLED_PAID)
                .map(order -> cancellation(order, random.nextBoolean()))
                .toList());
    }

    /** Those of a batch that are not refused. */
    private List<KeptOrder> place() {
        List<KeptOrder> placed = new ArrayList<>();
        List<KeptOrder> asked = IntStream.range(0, habit.ordersAtOnce())
                .mapToObj(i -> anyOrder())
                .toList();
        tell(
                desk::place,
                asked,
                (order, number) -> {
                    if (number.isEmpty()) {
                        acknowledged.refused();
                    } else {
                        same(order.number(), number.get(), "order number");
                        acknowledged.placed(order, desk);
                        placed.add(order);
                    }
                    return number.isPresent();
                },
                Optional::equals);
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

    private void pay(List<KeptOrder> asked) {
        tell(
                desk::pay,
                asked,
                (order, outcome) -> {
                    order.paid(outcome);
                    return true;
                },
                Object::equals);
    }

    private static OrderDesk.Cancellation cancellation(KeptOrder order, boolean oneUnit) {
        return new OrderDesk.Cancellation(order, order.cancellationNumber(), oneUnit ? Map.of(1, 1L) : Map.of());
    }

    private void cancel(List<OrderDesk.Cancellation> asked) {
        tell(
                desk::cancel,
                asked,
                (cancellation, lines) -> {
                    KeptOrder order = cancellation.order();
                    order.cancellationAnswered();
                    for (OrderDesk.CancelledLine line : lines) {
                        order.lines()
                                .get(line.line())
                                .cancelled(
                                        order.paid() ? 0 : line.done(),
                                        order.paid() ? line.done() + line.pending() : 0);
                    }
                    return true;
                },
                (lines, again) -> units(lines) == units(again));
    }

    /** What a cancellation is about. Its pending units become done or refused, but do not grow or shrink. */
    private static long units(List<OrderDesk.CancelledLine> lines) {
        return lines.stream()
                .mapToLong(line -> line.done() + line.refused() + line.pending())
                .sum();
    }

    /**
     * Sends documents, keeps what is answered to each, and sends some again.
     *
     * @param keep keeps an answer; answers whether the document is there from now on
     * @param same whether two answers to one document are the same
     */
    private <D, T> void tell(
            Function<List<D>, List<OrderDesk.Told<T>>> send,
            List<D> documents,
            BiPredicate<D, T> keep,
            BiPredicate<T, T> same) {
        List<D> again = new ArrayList<>();
        List<T> said = new ArrayList<>();
        List<OrderDesk.Told<T>> answers = counted(send.apply(documents));
        for (int i = 0; i < documents.size(); i++) {
            T answer = answers.get(i).said();
            if (keep.test(documents.get(i), answer) && random.nextInt(REPEATED_ONE_IN) == 0) {
                again.add(documents.get(i));
                said.add(answer);
            }
        }
        List<OrderDesk.Told<T>> repeated = counted(send.apply(again));
        for (int i = 0; i < again.size(); i++) {
            OrderDesk.Told<T> now = repeated.get(i);
            if (!now.replayed() || !same.test(said.get(i), now.said())) {
                acknowledged.contradiction("of " + again.get(i) + " was said " + said.get(i) + ", and then " + now);
            }
        }
    }

    private <T> List<OrderDesk.Told<T>> counted(List<OrderDesk.Told<T>> answers) {
        answers.stream().filter(OrderDesk.Told::replayed).forEach(known -> acknowledged.replayed());
        return answers;
    }

    private void same(String first, String second, String what) {
        if (!first.equals(second)) {
            acknowledged.contradiction(what + " was " + first + " and is " + second);
        }
    }
}
