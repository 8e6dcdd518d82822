package org.tierstock.integration.load;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/** Everything that clients were told has happened. None of it may ever be lost, and nothing else may have happened. */
public final class Acknowledged {
    /** A line of an order. */
    record OrderLine(String order, int line) {}

    private final Map<String, KeptOrder> orders = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> receivedUnits = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> gainedUnits = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> lostUnits = new ConcurrentHashMap<>();
    private final Map<OrderLine, LongAdder> shippedUnits = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> placedThrough = new ConcurrentSkipListMap<>();
    private final LongAdder refused = new LongAdder();
    private final Map<KeptOrder, OrderDesk> doubted = new ConcurrentHashMap<>();
    private final LongAdder placedAfterRefusal = new LongAdder();
    private final LongAdder replayed = new LongAdder();
    private volatile boolean mayBeLost;
    private final ConcurrentLinkedQueue<String> contradictions = new ConcurrentLinkedQueue<>();

    void placed(KeptOrder order, OrderDesk desk) {
        orders.put(order.number(), order);
        add(placedThrough, desk.toString(), 1);
    }

    /** A layer's database is about to be set back: what it alone has acknowledged is lost until it is repeated. */
    public void mayBeLost() {
        mayBeLost = true;
    }

    /** Whether a document that was answered may be unknown now. */
    boolean isMaybeLost() {
        return mayBeLost;
    }

    /** An order that was lost and is refused now. */
    void forget(KeptOrder order) {
        orders.remove(order.number());
    }

    /** @param doubtful whether an earlier try at it may still be under way, and place it yet */
    void refused(KeptOrder order, OrderDesk desk, boolean doubtful) {
        refused.increment();
        if (doubtful) {
            doubted.put(order, desk);
        }
    }

    /**
     * Looks which orders are there although they were refused, because an earlier try that nobody had answered came later
     * than its repetition. To be asked when no try can be under way any more.
     */
    void settleDoubts(Predicate<KeptOrder> isThere) {
        doubted.forEach((order, desk) -> {
            if (isThere.test(order)) {
                placed(order, desk);
                placedAfterRefusal.increment();
            }
        });
        doubted.clear();
    }

    void replayed() {
        replayed.increment();
    }

    void received(String sku, long units) {
        add(receivedUnits, sku, units);
    }

    /** A count found so many units more, or fewer, than booked. */
    void counted(String sku, long difference) {
        add(difference > 0 ? gainedUnits : lostUnits, sku, Math.abs(difference));
    }

    /** Negative for a parcel that was lost, and is refused now. */
    void shipped(String order, int line, long units) {
        add(shippedUnits, new OrderLine(order, line), units);
    }

    /** An answer that cannot be, given those before it. */
    void contradiction(String what) {
        contradictions.add(what);
    }

    Collection<KeptOrder> kept() {
        return orders.values();
    }

    KeptOrder order(String number) {
        return orders.get(number);
    }

    long receivedUnits(String sku) {
        return sum(receivedUnits, sku);
    }

    long gainedUnits(String sku) {
        return sum(gainedUnits, sku);
    }

    long lostUnits(String sku) {
        return sum(lostUnits, sku);
    }

    long shippedUnits(OrderLine line) {
        return sum(shippedUnits, line);
    }

    List<String> contradictions() {
        return List.copyOf(contradictions);
    }

    /** Orders that were placed. */
    public int orders() {
        return orders.size();
    }

    /** Orders that were placed, by the way in which they came. */
    public Map<String, LongAdder> ordersThrough() {
        return placedThrough;
    }

    /** Orders that were paid. */
    public long paid() {
        return orders.values().stream().filter(KeptOrder::paid).count();
    }

    /** Orders whose money must go back. */
    public long refunds() {
        return orders.values().stream()
                .filter(order -> order.payment() == KeptOrder.Payment.REFUND_DUE)
                .count();
    }

    /** Orders that were refused for want of stock. */
    public long refusedOrders() {
        return refused.sum();
    }

    /** Orders that an unanswered try placed after its repetition had been refused. */
    public long placedAfterRefusal() {
        return placedAfterRefusal.sum();
    }

    /** Documents that were answered as known: repeated on purpose, or because no answer had come. */
    public long replayedAnswers() {
        return replayed.sum();
    }

    /** Units that have left the warehouses. */
    public long shippedUnits() {
        return shippedUnits.values().stream().mapToLong(LongAdder::sum).sum();
    }

    private static <K> void add(Map<K, LongAdder> sums, K key, long units) {
        sums.computeIfAbsent(key, k -> new LongAdder()).add(units);
    }

    private static <K> long sum(Map<K, LongAdder> sums, K key) {
        LongAdder sum = sums.get(key);
        return sum == null ? 0 : sum.sum();
    }
}
