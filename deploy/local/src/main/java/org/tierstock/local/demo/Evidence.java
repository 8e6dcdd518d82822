package org.tierstock.local.demo;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tierstock.local.demo.DispatchClient.Explanation;
import org.tierstock.local.demo.Operations.Audit;
import org.tierstock.local.demo.Operations.Reconciliation;
import org.tierstock.local.demo.SalesClient.OrderSeen;
import org.tierstock.local.demo.WarehouseClient.OutboundSeen;

/**
 * What the layers say when all is settled.
 *
 * @param orders by order number
 * @param dispatchLines by order line
 * @param shippedByWarehouses units that left, by order line
 * @param stocks by layer
 * @param audits by layer
 * @param parked messages that could not be applied, in all layers
 */
record Evidence(
        Map<String, OrderSeen> orders,
        Map<OrderLine, DispatchClient.LineSeen> dispatchLines,
        Map<OrderLine, Long> shippedByWarehouses,
        Map<String, Buckets> stocks,
        Map<String, Audit> audits,
        List<Reconciliation> reconciliations,
        long parked,
        List<Explanation> explanations) {

    static final String SALES = "sales";
    static final String DISPATCH = "dispatch";
    static final String WAREHOUSE = "warehouse";

    /** A line of an order, as all layers name it. */
    record OrderLine(String order, int line) {}

    /** Asks the layers. Explanations are asked for these SKUs. */
    static Evidence collect(Layers layers, List<String> explained) {
        Map<String, OrderSeen> orders = new HashMap<>();
        layers.sales().eachOrder(order -> orders.put(order.order(), order));
        Map<OrderLine, DispatchClient.LineSeen> lines = new HashMap<>();
        layers.dispatch().eachLine(line -> lines.put(new OrderLine(line.order(), line.line()), line));
        Map<OrderLine, Long> shipped = new HashMap<>();
        layers.warehouse().eachOutbound(outbound -> shipped.merge(of(outbound), outbound.shipped(), Long::sum));
        Map<String, Buckets> stocks = new LinkedHashMap<>();
        stocks.put(SALES, layers.sales().stock());
        stocks.put(DISPATCH, layers.dispatch().stock());
        stocks.put(WAREHOUSE, layers.warehouse().stock());
        Map<String, Audit> audits = new TreeMap<>();
        layers.operations().forEach((layer, operations) -> audits.put(layer, operations.audit()));
        return new Evidence(
                orders,
                lines,
                shipped,
                stocks,
                audits,
                List.of(
                        layers.operations().get(SALES).reconcile(),
                        layers.operations().get(DISPATCH).reconcile()),
                layers.parked(),
                explained.stream().map(layers.dispatch()::explain).toList());
    }

    private static OrderLine of(OutboundSeen outbound) {
        return new OrderLine(outbound.order(), outbound.orderLine());
    }

    Buckets stock(String layer) {
        return stocks.get(layer);
    }

    long ledgerDifferences() {
        return audits.values().stream().mapToLong(Audit::differences).sum();
    }

    long reconciliationDifferences() {
        return reconciliations.stream().mapToLong(Reconciliation::differences).sum();
    }
}
