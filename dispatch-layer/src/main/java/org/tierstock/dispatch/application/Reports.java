package org.tierstock.dispatch.application;

import java.util.Collections;
import java.util.Map;
import java.util.stream.Stream;
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

/** The effects of warehouses' reports on stock, outbounds and lines that a transaction has in hand. */
final class Reports {
    private final Stock stock;
    private final Map<String, Outbound> outbounds;
    private final Map<LineNumber, LineInHand> lines;

    /** Changes these maps. */
    Reports(Stock stock, Map<String, Outbound> outbounds, Map<LineNumber, LineInHand> lines) {
        this.stock = stock;
        this.outbounds = outbounds;
        this.lines = lines;
    }

    /** The outbounds that a report names. */
    static Stream<String> outboundsOf(FromWarehouse report) {
        return switch (report) {
            case GoodsReceived received -> Stream.empty();
            case GoodsShipped shipped -> Stream.of(shipped.outbound());
            case StockChanged changed -> changed.lostLocks().stream().map(LostLock::outbound);
        };
    }

    Map<String, Outbound> outbounds() {
        return Collections.unmodifiableMap(outbounds);
    }

    Map<LineNumber, LineInHand> lines() {
        return Collections.unmodifiableMap(lines);
    }

    /** @throws CannotApply when it names an outbound that was never requested */
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
                LineInHand line = lines.get(outbound.line());
                PostMovements.change(lines, outbound.line(), line.line().shipped(shipped.quantity()));
            }
            case StockChanged changed -> {
                Reason reason = new Reason(
                        Action.ADJUST, DocumentLines.named(DocumentKind.STOCKTAKE, changed.documentLine()), changed);
                for (Side side : changed.sides()) {
                    goods(side.cell()).change(side.cell().node(), side.available(), side.unavailable(), reason);
                }
                for (LostLock lock : changed.lostLocks()) {
                    Outbound outbound = outbound(lock.outbound());
                    leave(outbound.lost(lock.quantity()), lock.quantity(), reason);
                    LineInHand line = lines.get(outbound.line());
                    PostMovements.change(lines, outbound.line(), line.line().failed(lock.quantity()));
                }
            }
        }
    }

    private void leave(Outbound changed, long quantity, Reason reason) {
        goods(changed.cell()).leave(changed.cell().node(), quantity, reason);
        outbounds.put(changed.id(), changed);
    }

    private StockOfSku goods(Cell cell) {
        return stock.of(cell.sku());
    }

    private Outbound outbound(String id) {
        Outbound outbound = outbounds.get(id);
        if (outbound == null) {
            throw new CannotApply("No outbound " + id + " was requested");
        }
        return outbound;
    }
}
