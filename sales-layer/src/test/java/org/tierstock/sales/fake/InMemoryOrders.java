package org.tierstock.sales.fake;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.runtime.clock.DatabaseClock;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.sales.application.port.Changed;
import org.tierstock.sales.application.port.DueOrders;
import org.tierstock.sales.application.port.Orders;
import org.tierstock.sales.domain.LineState;
import org.tierstock.sales.domain.Order;
import org.tierstock.sales.domain.OrderLine;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.testing.InMemoryTable;
import org.tierstock.testing.InMemoryTransactions;

/** Orders in memory. */
public final class InMemoryOrders implements Orders, DueOrders {
    private final DatabaseClock clock;
    private final Map<OrderNumber, Order> orders;
    private final Set<String> acknowledged = new HashSet<>();

    public InMemoryOrders(InMemoryTransactions transactions, DatabaseClock clock) {
        this.clock = clock;
        this.orders = new InMemoryTable<>(transactions);
    }

    /** The carrier has brought this line's hand-over to dispatch: the line is HANDED from now on. */
    public void acknowledge(HandOver handOver) {
        acknowledged.add(handOver.businessKey());
    }

    /** True when dispatch has acknowledged the line's hand-over. */
    boolean handed(OrderNumber order, int line) {
        return acknowledged.contains(order.text() + '/' + line);
    }

    @Override
    public Map<OrderNumber, Order> load(Collection<OrderNumber> numbers) {
        Map<OrderNumber, Order> found = new HashMap<>();
        for (OrderNumber number : numbers) {
            Order order = orders.get(number);
            if (order != null) {
                found.put(number, withHanded(order));
            }
        }
        return found;
    }

    private Order withHanded(Order order) {
        List<OrderLine> lines = order.lines().stream()
                .map(line -> line.state() == LineState.PAID && handed(order.number(), line.line())
                        ? in(LineState.HANDED, line)
                        : line)
                .toList();
        return new Order(
                order.number(), order.terms(), order.contentHash(), order.placedAt(), order.expiresAt(), lines);
    }

    private static OrderLine in(LineState state, OrderLine line) {
        return new OrderLine(
                line.line(),
                line.key(),
                line.quantity(),
                state,
                line.cancelled(),
                line.reversed(),
                line.pendingCancel());
    }

    void insert(List<Order> placed) {
        for (Order order : placed) {
            if (orders.putIfAbsent(order.number(), order) != null) {
                throw new IllegalStateException("Order " + order.number() + " exists");
            }
        }
    }

    void storeMissing(Order known) {
        orders.merge(known.number(), known, (before, lost) -> before.withLost(lost.lines()));
    }

    @Override
    public void update(Collection<Changed<Order>> changed, List<HandOver> handOvers, Numbers numbers) {
        for (Changed<Order> change : changed) {
            OrderNumber number = change.after().number();
            Map<Integer, OrderLine> lines = new HashMap<>();
            change.after().changedSince(change.before()).forEach(line -> lines.put(line.line(), line));
            if (orders.computeIfPresent(number, (same, stored) -> withChanged(stored, lines)) == null) {
                throw new IllegalStateException("Order " + number + " does not exist");
            }
        }
    }

    private static Order withChanged(Order stored, Map<Integer, OrderLine> lines) {
        return stored.with(stored.lines().stream()
                .map(line -> lines.getOrDefault(line.line(), line))
                .toList());
    }

    @Override
    public List<OrderNumber> due(Set<Integer> partitions, int limit) {
        return orders.values().stream()
                .filter(order -> order.due(clock.now()))
                .filter(order ->
                        partitions.contains(order.lines().getFirst().key().sku().partition()))
                .sorted(Comparator.comparing(Order::expiresAt))
                .limit(limit)
                .map(Order::number)
                .toList();
    }

    /** All orders, oldest first. */
    public List<Order> all() {
        return orders.values().stream().map(this::withHanded).toList();
    }
}
