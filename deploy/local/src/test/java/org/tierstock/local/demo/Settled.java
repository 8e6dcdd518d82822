package org.tierstock.local.demo;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.local.demo.DispatchClient.Explanation;
import org.tierstock.local.demo.Event.OrderPlaced;
import org.tierstock.local.demo.Event.OrderedLine;
import org.tierstock.local.demo.Evidence.OrderLine;
import org.tierstock.local.demo.Operations.Audit;
import org.tierstock.local.demo.Operations.Reconciliation;
import org.tierstock.local.demo.SalesClient.LineSeen;
import org.tierstock.local.demo.SalesClient.OrderSeen;

/** A tiny settled world of one SKU, 10 received: what the demo wrote down, and what the layers say. */
final class Settled {
    static final String SKU = "A1";

    final OwnBooks books = new OwnBooks();
    final Map<String, OrderSeen> orders = new HashMap<>();
    final Map<OrderLine, DispatchClient.LineSeen> dispatchLines = new HashMap<>();
    final Map<OrderLine, Long> shipped = new HashMap<>();
    final Map<String, Buckets> stocks = new LinkedHashMap<>();
    final Map<String, Audit> audits = new LinkedHashMap<>();
    final List<Reconciliation> reconciliations = new ArrayList<>();
    final List<Explanation> explanations = new ArrayList<>();
    long parked;

    Settled() {
        books.received(SKU, 10);
        audits.put("sales", new Audit(5, 0, ""));
        reconciliations.add(new Reconciliation("dispatch", 1, 0, ""));
    }

    /** An order that was paid; so many of its units left, and so many came back. */
    Settled paid(String number, long units, long shippedUnits, long reversedUnits) {
        OwnBooks.Order order = placed(number, units, 0);
        order.paid();
        if (shippedUnits > 0) {
            books.shipped(order.number(), 1, shippedUnits);
        }
        seen(order.number(), "PAID", units, 0, reversedUnits);
        dispatchLines.put(
                new OrderLine(order.number(), 1),
                new DispatchClient.LineSeen(
                        order.number(),
                        1,
                        SKU,
                        units,
                        0,
                        shippedUnits,
                        units - shippedUnits - reversedUnits,
                        reversedUnits));
        shipped.put(new OrderLine(order.number(), 1), shippedUnits);
        return this;
    }

    OwnBooks.Order placed(String number, long units, int holdSeconds) {
        OrderPlaced placed = new OrderPlaced(
                LocalDateTime.of(1998, 1, 1, 12, 0),
                "web",
                number,
                "UK",
                holdSeconds,
                List.of(new OrderedLine(SKU, units)));
        books.placed(placed, 0, false);
        return books.order(placed.order());
    }

    Settled seen(String order, String state, long units, long cancelled, long reversed) {
        orders.put(order, new OrderSeen(order, state, List.of(new LineSeen(1, SKU, units, cancelled, reversed, 0))));
        return this;
    }

    /** All layers agree that so many units are left, on sale. */
    Settled left(long units) {
        return stock(Evidence.SALES, "sellable", units)
                .stock(Evidence.DISPATCH, "allotted", units)
                .stock(Evidence.WAREHOUSE, "available", units);
    }

    Settled stock(String layer, String bucket, long units) {
        stocks.computeIfAbsent(layer, l -> new Buckets()).add(SKU, bucket, units);
        return this;
    }

    Evidence evidence() {
        return new Evidence(orders, dispatchLines, shipped, stocks, audits, reconciliations, parked, explanations);
    }

    DemoCheck check() {
        return new DemoCheck(books, evidence());
    }
}
