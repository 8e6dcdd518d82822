package org.tierstock.local.demo;

import static org.tierstock.local.demo.Evidence.DISPATCH;
import static org.tierstock.local.demo.Evidence.SALES;
import static org.tierstock.local.demo.Evidence.WAREHOUSE;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tierstock.local.demo.DispatchClient.Explanation;
import org.tierstock.local.demo.Evidence.OrderLine;
import org.tierstock.local.demo.OwnBooks.Goods;
import org.tierstock.local.demo.OwnBooks.Order;
import org.tierstock.local.demo.OwnBooks.Stage;
import org.tierstock.local.demo.SalesClient.LineSeen;
import org.tierstock.local.demo.SalesClient.OrderSeen;

/** Holds what the layers say against the demo's own books, and the layers against each other. */
final class DemoCheck {
    /**
     * Something that must hold and does not.
     *
     * @param count how often
     * @param example one of them
     */
    record Finding(String what, long count, String example) {}

    private final OwnBooks books;
    private final Evidence evidence;
    private final Map<String, List<String>> found = new LinkedHashMap<>();

    DemoCheck(OwnBooks books, Evidence evidence) {
        this.books = books;
        this.evidence = evidence;
    }

    /** Everything that does not hold; empty when all is well. */
    List<Finding> findings() {
        found.clear();
        orders();
        goods();
        explanations();
        audits();
        oversoldBySku()
                .forEach((sku, units) -> find("more was promised or shipped than there was", sku + ": " + units));
        List<Finding> findings = new ArrayList<>();
        found.forEach((what, examples) -> findings.add(new Finding(what, examples.size(), examples.getFirst())));
        return findings;
    }

    /** Units promised, kept or shipped beyond the goods that ever came, by SKU; only the SKUs that have any. */
    Map<String, Long> oversoldBySku() {
        Map<String, Long> shippedOrOwed = new LinkedHashMap<>();
        Map<String, Long> givenUp = new LinkedHashMap<>();
        for (Order order : books.orders()) {
            if (order.stage() != Stage.PAID) {
                continue;
            }
            for (OwnBooks.Line line : order.lines()) {
                long owed = line.payable() - reversed(order, line);
                long shortUnits = Math.max(0, reversed(order, line) - line.cancelAsked());
                shippedOrOwed.merge(line.sku(), Math.max(line.shipped(), owed), Long::sum);
                givenUp.merge(line.sku(), shortUnits, Long::sum);
            }
        }
        Map<String, Long> oversold = new LinkedHashMap<>();
        for (String sku : books.skus()) {
            Goods goods = books.goods(sku);
            long promised = shippedOrOwed.getOrDefault(sku, 0L)
                    + givenUp.getOrDefault(sku, 0L)
                    + evidence.stock(SALES).units(sku, "sellable", "locked", "held");
            long brokenByLoss = Math.min(goods.lost(), givenUp.getOrDefault(sku, 0L));
            long beyond = promised - brokenByLoss - (goods.received() + goods.gained() - goods.lost());
            if (beyond > 0) {
                oversold.put(sku, beyond);
            }
        }
        return oversold;
    }

    private void orders() {
        Set<String> missing = new TreeSet<>();
        for (Order order : books.orders()) {
            OrderSeen seen = evidence.orders().get(order.number());
            if (seen == null) {
                missing.add(order.number());
            } else if (!seen.state().equals(expectedState(order))) {
                find("an order is not in the state of its documents", order.number() + " is " + seen.state());
            } else {
                order.lines().forEach(line -> line(order, line, seen.lines().get(line.number() - 1)));
            }
        }
        missing.forEach(order -> find("an acknowledged order is missing", order));
        Set<String> unknown = new HashSet<>(evidence.orders().keySet());
        books.orders().forEach(order -> unknown.remove(order.number()));
        unknown.forEach(order -> find("an order is there that was never acknowledged", order));
    }

    private static String expectedState(Order order) {
        return switch (order.stage()) {
            case PLACED -> order.abandoned() ? "EXPIRED" : "PLACED";
            case PAID -> "PAID";
            case REFUNDED -> "REFUND";
            case CANCELLED -> "CANCELLED";
        };
    }

    private void line(Order order, OwnBooks.Line line, LineSeen seen) {
        String where = order.number() + '/' + line.number();
        require(
                seen.sku().equals(line.sku())
                        && seen.quantity() == line.units()
                        && seen.cancelled() == line.cancelledUnpaid(),
                "an order line is not what was ordered and cancelled",
                where);
        require(seen.pendingCancel() == 0, "a cancellation was never answered", where);
        OrderLine key = new OrderLine(order.number(), line.number());
        DispatchClient.LineSeen handed = evidence.dispatchLines().get(key);
        long shipped = evidence.shippedByWarehouses().getOrDefault(key, 0L);
        require(shipped == line.shipped(), "warehouses say they shipped what they were not told to", where);
        boolean expected = order.stage() == Stage.PAID && line.payable() > 0;
        if (!expected || handed == null) {
            require(!expected, "a paid line never reached dispatch", where);
            require(handed == null, "dispatch has a line that was not paid", where);
            return;
        }
        require(handed.quantity() == line.payable(), "dispatch was handed another quantity than was paid", where);
        require(handed.allocated() == 0 && handed.shortUnits() == 0, "a line is not settled", where);
        require(
                handed.quantity() == handed.shipped() + handed.cancelled(),
                "a paid unit was neither shipped nor reversed",
                where);
        require(handed.shipped() == shipped, "dispatch and warehouses differ in what was shipped", where);
        require(handed.cancelled() == seen.reversed(), "sales and dispatch differ in what was reversed", where);
    }

    private void goods() {
        Set<String> skus = new TreeSet<>(books.skus());
        evidence.stocks().values().forEach(stock -> skus.addAll(stock.skus()));
        for (String sku : skus) {
            long own = books.goods(sku).onHand();
            long warehouse = evidence.stock(WAREHOUSE).units(sku);
            long dispatch = evidence.stock(DISPATCH).units(sku);
            long promised = evidence.stock(DISPATCH).units(sku, "allotted");
            long open = evidence.stock(SALES).units(sku, "sellable", "locked", "held");
            require(
                    own == warehouse,
                    "goods received, counted and shipped are not the goods on the shelves",
                    sku + ": " + own + ", shelves " + warehouse);
            require(warehouse == dispatch, "shelves and dispatch differ", sku + ": " + warehouse + ", " + dispatch);
            require(
                    promised == open,
                    "dispatch's promises and what is on sale differ",
                    sku + ": " + promised + ", " + open);
        }
    }

    private void explanations() {
        for (Explanation e : evidence.explanations()) {
            require(e.sellable() == e.computed(), "S is not I - O - U - L + V - T", e.toString());
            require(
                    e.sellable() == evidence.stock(DISPATCH).units(e.sku(), "free", "allotted", "deficit"),
                    "S is not what is free and allotted",
                    e.toString());
        }
    }

    private void audits() {
        evidence.audits()
                .forEach((layer, audit) -> require(
                        audit.differences() == 0, "balances differ from the ledger", layer + ": " + audit.first()));
        evidence.reconciliations()
                .forEach(r -> require(r.differences() == 0, "layers differ at a cut", r.peer() + ": " + r.first()));
        require(evidence.parked() == 0, "messages are parked", evidence.parked() + " of them");
    }

    private long reversed(Order order, OwnBooks.Line line) {
        OrderSeen seen = evidence.orders().get(order.number());
        return seen == null ? 0 : seen.lines().get(line.number() - 1).reversed();
    }

    private void require(boolean holds, String otherwise, String example) {
        if (!holds) {
            find(otherwise, example);
        }
    }

    private void find(String what, String example) {
        found.computeIfAbsent(what, w -> new ArrayList<>()).add(example);
    }
}
