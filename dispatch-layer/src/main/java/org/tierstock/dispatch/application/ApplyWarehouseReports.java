package org.tierstock.dispatch.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.dispatch.application.port.DispatchLines;
import org.tierstock.dispatch.application.port.Outbounds;
import org.tierstock.dispatch.application.port.StockRows;
import org.tierstock.dispatch.domain.LineInHand;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.dispatch.domain.Stock;
import org.tierstock.movements.Cell;
import org.tierstock.movements.protocol.ToDispatch.FromWarehouse;
import org.tierstock.runtime.exchange.CannotApply;
import org.tierstock.runtime.exchange.Inbox;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.runtime.work.WorkSignals;

/** Follows the warehouses: what arrived, what left, what a count changed (S14, S18, S49). In any order. */
@ApplicationScoped
public class ApplyWarehouseReports {
    private final StockRows stockRows;
    private final Inbox inbox;
    private final Outbounds outbounds;
    private final DispatchLines lines;
    private final PostMovements movements;
    private final WorkSignals signals;

    @Inject
    public ApplyWarehouseReports(
            StockRows stockRows,
            Inbox inbox,
            Outbounds outbounds,
            DispatchLines lines,
            PostMovements movements,
            WorkSignals signals) {
        this.stockRows = stockRows;
        this.inbox = inbox;
        this.outbounds = outbounds;
        this.lines = lines;
        this.movements = movements;
        this.signals = signals;
    }

    /**
     * Applies reports; those seen before have no effect.
     *
     * @throws CannotApply when one of them names an outbound that was never requested; then none is applied
     */
    @Transactional
    public void apply(List<Received<FromWarehouse>> received) {
        Stock stock = stockRows.lock(received.stream()
                .flatMap(report -> report.message().cells().stream())
                .map(Cell::sku)
                .toList());
        List<Received<FromWarehouse>> fresh = inbox.admit(received);
        if (fresh.isEmpty()) {
            return;
        }
        Map<String, Outbound> known = outbounds.find(fresh.stream()
                .flatMap(report -> Reports.outboundsOf(report.message()))
                .distinct()
                .toList());
        Map<LineNumber, LineInHand> inHand = lines.find(
                known.values().stream().map(Outbound::line).distinct().toList());
        Reports reports = new Reports(stock, new LinkedHashMap<>(known), new HashMap<>(inHand));
        fresh.forEach(report -> reports.apply(report.message()));
        movements.post(
                stock,
                movements.saveLines(
                        reports.lines().values(), reports.outbounds().values()),
                Numbers.received(fresh));
        signals.announce(Work.END_REFUSALS);
    }
}
