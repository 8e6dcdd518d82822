package org.tierstock.local.demo;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.local.demo.Event.OfOrder;
import org.tierstock.local.demo.Event.OrderCancelled;
import org.tierstock.local.demo.Event.OrderPaid;
import org.tierstock.local.demo.Event.OrderPlaced;
import org.tierstock.local.demo.Event.OrderedLine;
import org.tierstock.local.demo.OwnBooks.Order;
import org.tierstock.local.demo.OwnBooks.Stage;
import org.tierstock.local.demo.SalesClient.CancelLine;
import org.tierstock.local.demo.SalesClient.CancelRequest;
import org.tierstock.local.demo.SalesClient.CancelledLine;
import org.tierstock.local.demo.SalesClient.PaymentAnswer;
import org.tierstock.local.demo.SalesClient.Placement;
import org.tierstock.local.demo.SalesClient.Shortage;

/**
 * The customers, through their channels' platforms: they order, take what is there when not everything is, pay, and
 * change their minds.
 *
 * <p>Customers who buy from the same account stand in one line, so that who comes first is the same in every run;
 * the lines are served at the same time.
 */
final class Customers {
    private static final int EVENTS_PER_WINDOW = 150;
    private static final int LINES_PER_CALL = 400;

    /** How often a customer whose basket was refused tries with what is left. */
    private static final int TRIES = 3;

    private final SalesClient client;
    private final OwnBooks books;
    private final Crew crew;
    private final Progress progress;
    private final Map<String, String> stockSources;

    Customers(SalesClient client, OwnBooks books, Crew crew, Progress progress, Market market) {
        this.client = client;
        this.books = books;
        this.crew = crew;
        this.progress = progress;
        this.stockSources =
                market.channels().stream().collect(toMap(Market.Channel::code, Market.Channel::stockSource));
    }

    /** Plays everything that happened to orders in a chapter. */
    void shop(Chapter chapter, Map<String, String> accounts) {
        Map<String, List<OfOrder>> lanes = new LinkedHashMap<>();
        for (OfOrder event : chapter.ofOrders()) {
            if (event instanceof OrderPlaced order) {
                accounts.put(order.order(), stockSources.get(order.channel()) + '/' + order.shipRegion());
            }
            lanes.computeIfAbsent(accounts.get(event.order()), account -> new ArrayList<>())
                    .add(event);
        }
        crew.together(lanes.values().stream()
                .map(lane -> (Runnable) () -> serve(lane, chapter.index()))
                .toList());
    }

    /**
     * Serves one line of customers, a window of events after the other. Within a window all orders come first, then
     * what is cancelled unpaid, then the payments, then what is cancelled paid: no order sees a difference.
     */
    private void serve(List<OfOrder> lane, int chapter) {
        for (int from = 0; from < lane.size(); from += EVENTS_PER_WINDOW) {
            List<OfOrder> window = lane.subList(from, Math.min(from + EVENTS_PER_WINDOW, lane.size()));
            place(of(OrderPlaced.class, window), chapter);
            List<OrderCancelled> cancelled = of(OrderCancelled.class, window);
            cancel(cancelled.stream().filter(c -> !c.paid()).toList());
            pay(of(OrderPaid.class, window));
            cancel(cancelled.stream().filter(OrderCancelled::paid).toList());
            progress.advance(window.size());
        }
    }

    private void place(List<OrderPlaced> orders, int chapter) {
        Map<String, OrderPlaced> asked = orders.stream().collect(toMap(OrderPlaced::order, identity()));
        List<OrderPlaced> waiting = orders;
        for (int attempt = 1; attempt <= TRIES && !waiting.isEmpty(); attempt++) {
            List<OrderPlaced> again = new ArrayList<>();
            for (List<OrderPlaced> load : loads(waiting)) {
                List<Placement> answers = client.place(load);
                for (int i = 0; i < load.size(); i++) {
                    OrderPlaced order = load.get(i);
                    switch (answers.get(i)) {
                        case Placement.Placed placed -> {
                            books.placed(order, chapter, !order.equals(asked.get(order.order())));
                            books.documented();
                        }
                        case Placement.Insufficient refused -> again.add(what(order, refused.shortages()));
                    }
                }
            }
            waiting = stillWanting(again, attempt == TRIES);
        }
    }

    /** The order of what is left: less of what is short, nothing of what is gone. */
    private static OrderPlaced what(OrderPlaced order, List<Shortage> shortages) {
        Map<String, Long> sellable = shortages.stream().collect(toMap(Shortage::sku, Shortage::sellableUnits));
        List<OrderedLine> left = new ArrayList<>();
        for (OrderedLine line : order.lines()) {
            long units = Math.min(line.units(), sellable.getOrDefault(line.sku(), line.units()));
            if (units > 0) {
                left.add(new OrderedLine(line.sku(), units));
            }
        }
        return new OrderPlaced(
                order.at(), order.channel(), order.number(), order.shipRegion(), order.holdSeconds(), left);
    }

    private List<OrderPlaced> stillWanting(List<OrderPlaced> cut, boolean lastTry) {
        List<OrderPlaced> wanting = new ArrayList<>();
        for (OrderPlaced order : cut) {
            if (order.lines().isEmpty()) {
                books.refused("nothing of the basket is in stock");
            } else if (lastTry) {
                books.refused("sold out while the basket was cut");
            } else {
                wanting.add(order);
            }
        }
        return wanting;
    }

    private void pay(List<OrderPaid> payments) {
        List<Order> due = new ArrayList<>();
        for (OrderPaid payment : payments) {
            Order order = books.order(payment.order());
            if (order != null && order.stage() == Stage.PLACED) {
                due.add(order);
            }
        }
        if (due.isEmpty()) {
            return;
        }
        List<PaymentAnswer> answers = client.pay(due.stream().map(Order::number).toList());
        for (int i = 0; i < due.size(); i++) {
            books.documented();
            if (answers.get(i).paid()) {
                due.get(i).paid();
            } else {
                due.get(i).refunded(answers.get(i).refundReason());
            }
        }
    }

    private void cancel(List<OrderCancelled> cancellations) {
        List<CancelRequest> requests = new ArrayList<>();
        for (OrderCancelled cancellation : cancellations) {
            Order order = books.order(cancellation.order());
            if (order == null) {
                continue;
            }
            List<CancelLine> lines = stillThere(order, cancellation.lines());
            if (!lines.isEmpty()) {
                requests.add(new CancelRequest(
                        order.number(),
                        cancellation.number(),
                        cancellation.reason(),
                        cancellation.lines().isEmpty() ? List.of() : lines));
            }
        }
        if (requests.isEmpty()) {
            return;
        }
        List<List<CancelledLine>> answers = client.cancel(requests);
        for (int i = 0; i < requests.size(); i++) {
            books.order(requests.get(i).order()).cancelled(answers.get(i));
            books.documented();
        }
    }

    /** What of the cancelled lines the order has: its basket may have been cut. */
    private static List<CancelLine> stillThere(Order order, List<OrderedLine> wanted) {
        Map<String, Long> unitsBySku = wanted.stream().collect(toMap(OrderedLine::sku, OrderedLine::units));
        List<CancelLine> lines = new ArrayList<>();
        for (OwnBooks.Line line : order.lines()) {
            long asked = wanted.isEmpty() ? Long.MAX_VALUE : unitsBySku.getOrDefault(line.sku(), 0L);
            long units = Math.min(asked, order.cancellable(line));
            if (units > 0) {
                lines.add(new CancelLine(line.number(), units));
            }
        }
        return lines;
    }

    private static List<List<OrderPlaced>> loads(List<OrderPlaced> orders) {
        List<List<OrderPlaced>> loads = new ArrayList<>();
        int lines = LINES_PER_CALL;
        for (OrderPlaced order : orders) {
            if (lines + order.lines().size() > LINES_PER_CALL) {
                loads.add(new ArrayList<>());
                lines = 0;
            }
            loads.getLast().add(order);
            lines += order.lines().size();
        }
        return loads;
    }

    private static <E extends OfOrder> List<E> of(Class<E> type, List<OfOrder> events) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
