package org.tierstock.dispatch.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.dispatch.application.port.DispatchLines;
import org.tierstock.dispatch.application.port.DispatchLines.HandedOver;
import org.tierstock.dispatch.application.port.RuleBook;
import org.tierstock.dispatch.application.port.StockRows;
import org.tierstock.dispatch.domain.DispatchLine;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.dispatch.domain.Rules;
import org.tierstock.dispatch.domain.Sourcing;
import org.tierstock.dispatch.domain.Sourcing.Sourced;
import org.tierstock.dispatch.domain.Stock;
import org.tierstock.movements.Cell;
import org.tierstock.movements.protocol.ToDispatch.HandOver;
import org.tierstock.runtime.documents.DocumentNumbers;
import org.tierstock.runtime.exchange.Inbox;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.runtime.exchange.Received;

/**
 * Takes paid orders over and finds the nodes that ship them (S36). Known lines are passed by; the new lines of an order are
 * sourced together. A hand-over is never refused: what no node can serve becomes short.
 */
@ApplicationScoped
public class SourceOrders {
    /**
     * Lines of one order that are handed over together.
     *
     * @param lines at least one, all of the same order
     */
    public record PaidOrder(List<Received<HandOver>> lines) {
        public PaidOrder {
            lines = List.copyOf(lines);
        }
    }

    private final RuleBook ruleBook;
    private final StockRows stockRows;
    private final Inbox inbox;
    private final DispatchLines lines;
    private final DocumentNumbers documentNumbers;
    private final PostMovements movements;

    @Inject
    public SourceOrders(
            RuleBook ruleBook,
            StockRows stockRows,
            Inbox inbox,
            DispatchLines lines,
            DocumentNumbers documentNumbers,
            PostMovements movements) {
        this.ruleBook = ruleBook;
        this.stockRows = stockRows;
        this.inbox = inbox;
        this.lines = lines;
        this.documentNumbers = documentNumbers;
        this.movements = movements;
    }

    /**
     * Sources orders.
     *
     * @return true for each: when this returns, every line has been applied, now or before
     */
    @Transactional
    public List<Boolean> source(List<PaidOrder> orders) {
        List<Received<HandOver>> received =
                orders.stream().flatMap(order -> order.lines().stream()).toList();
        Rules rules = ruleBook.current();
        NumberBlock ids = new NumberBlock(documentNumbers, "OB");
        // One for each line, before the goods are held, which others wait for.
        ids.reserve(received.size());
        Stock stock = stockRows.lock(
                received.stream().map(line -> line.message().key().sku()).toList());
        List<Received<HandOver>> fresh = inbox.admit(received);
        if (!fresh.isEmpty()) {
            List<Sourced> sourced = new ArrayList<>(fresh.size());
            Sourcing sourcing = new Sourcing(rules, stock::of);
            byOrder(fresh).values().forEach(order -> sourced.addAll(sourcing.source(order)));
            lines.insert(sourced.stream().map(SourceOrders::line).toList());
            movements.request(outbounds(sourced, rules, ids));
            movements.post(stock, List.of(), Numbers.received(fresh));
        }
        return Collections.nCopies(orders.size(), Boolean.TRUE);
    }

    private static Map<String, List<HandOver>> byOrder(List<Received<HandOver>> received) {
        Map<String, List<HandOver>> byOrder = new LinkedHashMap<>();
        for (Received<HandOver> line : received) {
            byOrder.computeIfAbsent(line.message().order(), order -> new ArrayList<>())
                    .add(line.message());
        }
        return byOrder;
    }

    private static HandedOver line(Sourced sourced) {
        HandOver handOver = sourced.handOver();
        return new HandedOver(
                DispatchLine.handedOver(sourced.number(), handOver.key(), handOver.quantity(), sourced.allocated()),
                handOver);
    }

    private static List<Outbound> outbounds(List<Sourced> sourced, Rules rules, NumberBlock ids) {
        List<Outbound> outbounds = new ArrayList<>();
        for (Sourced line : sourced) {
            for (Sourcing.Allocation allocation : line.allocations()) {
                Cell cell = new Cell(allocation.node(), line.handOver().key().sku());
                outbounds.add(Outbound.requested(
                        ids.get(), line.number(), cell, rules.warehouseOf(allocation.node()), allocation.quantity()));
            }
        }
        return outbounds;
    }
}
