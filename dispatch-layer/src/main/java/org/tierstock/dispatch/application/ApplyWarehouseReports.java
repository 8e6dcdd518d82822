package org.tierstock.dispatch.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tierstock.dispatch.application.port.DispatchLines;
import org.tierstock.dispatch.application.port.Outbounds;
import org.tierstock.dispatch.application.port.StockRows;
import org.tierstock.dispatch.domain.DocumentLines;
import org.tierstock.dispatch.domain.LineInHand;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.dispatch.domain.Reason;
import org.tierstock.dispatch.domain.Stock;
import org.tierstock.dispatch.domain.StockOfSku;
import org.tierstock.movements.Action;
import org.tierstock.movements.Cell;
import org.tierstock.movements.DocumentKind;
import org.tierstock.movements.protocol.ToDispatch.FromWarehouse;
import org.tierstock.movements.protocol.ToDispatch.GoodsReceived;
import org.tierstock.movements.protocol.ToDispatch.GoodsShipped;
import org.tierstock.movements.protocol.ToDispatch.LostLock;
import org.tierstock.movements.protocol.ToDispatch.Side;
import org.tierstock.movements.protocol.ToDispatch.StockChanged;
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
        Posting posting = new Posting(stock, fresh);
        fresh.forEach(report -> posting.apply(report.message()));
        movements.post(
                stock, movements.saveLines(posting.inHand.values(), posting.known.values()), Numbers.received(fresh));
        signals.announce(Work.END_REFUSALS);
    }

    private final class Posting {
        private final Stock stock;
        private final Map<String, Outbound> known;
        private final Map<LineNumber, LineInHand> inHand;

        Posting(Stock stock, List<Received<FromWarehouse>> fresh) {
            this.stock = stock;
            Set<String> named = new LinkedHashSet<>();
            for (Received<FromWarehouse> report : fresh) {
                switch (report.message()) {
                    case GoodsReceived received -> {}
                    case GoodsShipped shipped -> named.add(shipped.outbound());
                    case StockChanged changed -> changed.lostLocks().forEach(lock -> named.add(lock.outbound()));
                }
            }
            this.known = new LinkedHashMap<>(outbounds.find(named));
            this.inHand = new HashMap<>(lines.find(
                    known.values().stream().map(Outbound::line).distinct().toList()));
        }

        void apply(FromWarehouse report) {
            switch (report) {
                case GoodsReceived received -> {
                    Reason reason = new Reason(
                            Action.INCREASE,
                            DocumentLines.named(DocumentKind.PURCHASE_RECEIPT, received.receiptLine()),
                            received);
                    goods(received.cell()).receive(received.cell().node(), received.good(), received.bad(), reason);
                }
                case GoodsShipped shipped -> {
                    Reason reason = new Reason(
                            Action.DEDUCT, DocumentLines.named(DocumentKind.SHIPMENT, shipped.shipmentLine()), shipped);
                    Outbound outbound = outbound(shipped.outbound());
                    leave(outbound.shipped(shipped.quantity()), shipped.quantity(), reason);
                    LineInHand line = inHand.get(outbound.line());
                    PostMovements.change(inHand, outbound.line(), line.line().shipped(shipped.quantity()));
                }
                case StockChanged changed -> {
                    Reason reason = new Reason(
                            Action.ADJUST,
                            DocumentLines.named(DocumentKind.STOCKTAKE, changed.documentLine()),
                            changed);
                    for (Side side : changed.sides()) {
                        goods(side.cell()).change(side.cell().node(), side.available(), side.unavailable(), reason);
                    }
                    for (LostLock lock : changed.lostLocks()) {
                        Outbound outbound = outbound(lock.outbound());
                        leave(outbound.lost(lock.quantity()), lock.quantity(), reason);
                        LineInHand line = inHand.get(outbound.line());
                        PostMovements.change(
                                inHand, outbound.line(), line.line().failed(lock.quantity()));
                    }
                }
            }
        }

        private void leave(Outbound changed, long quantity, Reason reason) {
            goods(changed.cell()).leave(changed.cell().node(), quantity, reason);
            known.put(changed.id(), changed);
        }

        private StockOfSku goods(Cell cell) {
            return stock.of(cell.sku());
        }

        private Outbound outbound(String id) {
            Outbound outbound = known.get(id);
            if (outbound == null) {
                throw new CannotApply("No outbound " + id + " was requested");
            }
            return outbound;
        }
    }
}
