package org.tierstock.dispatch.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.dispatch.application.port.DispatchLines;
import org.tierstock.dispatch.application.port.Outbounds;
import org.tierstock.dispatch.application.port.StockRows;
import org.tierstock.dispatch.application.port.WarehouseLocks.Lock;
import org.tierstock.dispatch.domain.LineInHand;
import org.tierstock.dispatch.domain.LineNumber;
import org.tierstock.dispatch.domain.Outbound;
import org.tierstock.dispatch.domain.Reason;
import org.tierstock.dispatch.domain.Refusal;
import org.tierstock.dispatch.domain.Stock;
import org.tierstock.dispatch.domain.StockOfSku;
import org.tierstock.movements.Action;
import org.tierstock.movements.StreamPosition;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.runtime.exchange.SenderBounds;
import org.tierstock.runtime.exchange.Watermarks;
import org.tierstock.runtime.work.Progress;

/**
 * Records what warehouses locked. What one refused is kept back until the message that explains it has been applied, and is
 * short until other stock covers it.
 */
@ApplicationScoped
public class RecordLocks {
    private final StockRows stockRows;
    private final Outbounds outbounds;
    private final DispatchLines lines;
    private final Watermarks watermarks;
    private final SenderBounds bounds;
    private final PostMovements movements;

    @Inject
    public RecordLocks(
            StockRows stockRows,
            Outbounds outbounds,
            DispatchLines lines,
            Watermarks watermarks,
            SenderBounds bounds,
            PostMovements movements) {
        this.stockRows = stockRows;
        this.outbounds = outbounds;
        this.lines = lines;
        this.watermarks = watermarks;
        this.bounds = bounds;
        this.movements = movements;
    }

    /**
     * Records answers; one recorded before has no effect.
     *
     * @throws IllegalStateException when a warehouse has purged an outbound that it has not answered, or says that it refused
     *     one after messages that cannot have been sent yet: the goods would be kept back until they come
     */
    @Transactional
    public Progress record(List<Lock> locks) {
        List<String> ids = locks.stream().map(Lock::outbound).toList();
        Stock stock = stockRows.lock(outbounds.skus(ids).values());
        Map<String, Outbound> known = outbounds.find(ids);
        Map<String, Outbound> answered = new HashMap<>();
        Map<LineNumber, LineInHand> inHand = lines.find(
                known.values().stream().map(Outbound::line).distinct().toList());
        for (Lock lock : locks) {
            Outbound outbound = known.get(lock.outbound());
            if (outbound == null
                    || outbound.state() == Outbound.State.ANSWERED
                    || answered.containsKey(outbound.id())) {
                continue;
            }
            if (lock.stale()) {
                throw new IllegalStateException("Warehouse " + outbound.warehouse() + " has purged outbound "
                        + outbound.id() + ", which it has not answered");
            }
            answered.put(outbound.id(), outbound.answered(lock.locked(), lock.by()));
            long refused = outbound.quantity() - lock.locked();
            if (refused > 0) {
                refuse(stock.of(outbound.cell().sku()), outbound, refused, lock.at());
                LineInHand line = inHand.get(outbound.line());
                PostMovements.change(inHand, outbound.line(), line.line().failed(refused));
            }
        }
        movements.post(stock, movements.saveLines(inHand.values(), answered.values()), Numbers.NONE);
        return Progress.DONE;
    }

    private void refuse(StockOfSku goods, Outbound outbound, long refused, long at) {
        Reason reason = new Reason(Action.UNLOCK, outbound.document(), null);
        String stream = Streams.fromWarehouse(outbound.warehouse());
        int partition = goods.sku().partition();
        if (watermarks.contiguous(stream, partition) < at) {
            bounds.doubt(new StreamPosition(stream, partition, at)).ifPresent(beyond -> {
                throw new IllegalStateException(
                        "Warehouse " + outbound.warehouse() + " has refused outbound " + outbound.id() + ". " + beyond);
            });
            goods.keepBack(
                    new Refusal(
                            outbound.id(), outbound.warehouse(), outbound.cell().node(), refused, at),
                    reason);
        } else {
            goods.release(outbound.cell().node(), refused, reason);
        }
    }
}
