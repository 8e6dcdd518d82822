package org.tierstock.warehouse.application;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.tierstock.movements.protocol.Message;
import org.tierstock.runtime.exchange.AppliedPosition;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.runtime.exchange.Outbox;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.runtime.exchange.Repost;
import org.tierstock.testing.SettableClock;
import org.tierstock.testing.Transactions;
import org.tierstock.warehouse.application.port.Batches;
import org.tierstock.warehouse.application.port.MasterRecords;
import org.tierstock.warehouse.application.port.OutboundCancels;
import org.tierstock.warehouse.application.port.OutboundPositions;
import org.tierstock.warehouse.application.port.Outbounds;
import org.tierstock.warehouse.application.port.Picks;
import org.tierstock.warehouse.application.port.Receipts;
import org.tierstock.warehouse.application.port.Shipments;
import org.tierstock.warehouse.application.port.StockRows;
import org.tierstock.warehouse.application.port.Stocktakes;
import org.tierstock.warehouse.application.port.ToldDocuments;
import org.tierstock.warehouse.domain.CountOutcome;
import org.tierstock.warehouse.domain.LockOutcome;
import org.tierstock.warehouse.domain.Outbound;
import org.tierstock.warehouse.domain.OutboundCancel;
import org.tierstock.warehouse.domain.Pick;
import org.tierstock.warehouse.domain.PickOutcome;
import org.tierstock.warehouse.domain.Receipt;
import org.tierstock.warehouse.domain.ReceiveOutcome;
import org.tierstock.warehouse.domain.ReleaseOutcome;
import org.tierstock.warehouse.domain.ShipOutcome;
import org.tierstock.warehouse.domain.Shipment;
import org.tierstock.warehouse.domain.StockKey;
import org.tierstock.warehouse.domain.Stocktake;
import org.tierstock.warehouse.domain.WarehouseBucket;

/**
 * The use cases of a warehouse layer over some adapters, each call in its transaction. Master records: warehouses WH1 and
 * WH2 with locations, B-1 and STAGING, owners OWN and BRAND, articles COLA (24 a case), PHONE (1 a case) and
 * MILK (12 a case, 10 days).
 */
public final class Floor {
    /** The adapters to stand on. */
    public interface Adapters {
        Transactions transactions();

        Outbox outbox();

        StockRows stockRows();

        Batches batches();

        Outbounds outbounds();

        OutboundCancels cancels();

        Receipts receipts();

        Picks picks();

        Shipments shipments();

        Stocktakes stocktakes();

        ToldDocuments toldDocuments();

        Repost repost();

        MasterRecords masterRecords();

        OutboundPositions outboundPositions();

        /** The balances of all stock rows that hold anything. */
        Map<StockKey, Map<WarehouseBucket, Long>> balances();

        /** What the ledger says that they should be. */
        Map<StockKey, Map<WarehouseBucket, Long>> ledgerSums();

        /** Every outbound. */
        Collection<Outbound> allOutbounds();
    }

    private static final class RememberingOutbox implements Outbox, Repost {
        private final Outbox outbox;
        private final Repost repost;
        private final List<Message> appended = Collections.synchronizedList(new ArrayList<>());

        RememberingOutbox(Outbox outbox, Repost repost) {
            this.outbox = outbox;
            this.repost = repost;
        }

        @Override
        public Numbers append(List<? extends Message> messages) {
            Numbers numbers = outbox.append(messages);
            appended.addAll(messages);
            return numbers;
        }

        @Override
        public <M extends Message> List<Received<M>> repost(List<Received<M>> lost) {
            List<Received<M>> stored = repost.repost(lost);
            stored.forEach(received -> appended.add(received.message()));
            return stored;
        }

        @Override
        public long head(String stream, int partition) {
            return outbox.head(stream, partition);
        }
    }

    public final SettableClock clock = new SettableClock();

    private final Adapters adapters;
    private final RememberingOutbox outbox;
    private final ReceiveGoods receiveGoods;
    private final LockStock lockStock;
    private final ReleaseLocks releaseLocks;
    private final PickGoods pickGoods;
    private final ShipGoods shipGoods;
    private final CountStock countStock;
    private final RebuildStock rebuildStock;
    private int messagesTaken;

    public Floor(Adapters adapters) {
        this.adapters = adapters;
        this.outbox = new RememberingOutbox(adapters.outbox(), adapters.repost());
        StockRows stockRows = adapters.stockRows();
        Outbounds outbounds = adapters.outbounds();
        Posting posting = new Posting(outbox, stockRows, outbounds);
        this.receiveGoods = new ReceiveGoods(
                stockRows,
                adapters.batches(),
                adapters.receipts(),
                adapters.masterRecords(),
                adapters.toldDocuments(),
                clock,
                posting);
        this.lockStock = new LockStock(stockRows, adapters.batches(), outbounds, outbox, posting);
        this.releaseLocks = new ReleaseLocks(stockRows, outbounds, adapters.cancels(), posting);
        this.pickGoods = new PickGoods(
                stockRows, outbounds, adapters.picks(), adapters.masterRecords(), adapters.toldDocuments(), posting);
        this.shipGoods = new ShipGoods(stockRows, outbounds, adapters.shipments(), adapters.toldDocuments(), posting);
        this.countStock = new CountStock(
                stockRows,
                adapters.batches(),
                outbounds,
                adapters.stocktakes(),
                adapters.masterRecords(),
                adapters.toldDocuments(),
                clock,
                posting);
        this.rebuildStock = new RebuildStock(
                stockRows,
                adapters.batches(),
                outbounds,
                adapters.cancels(),
                adapters.toldDocuments(),
                outbox,
                outbox,
                clock,
                posting);
    }

    public ReceiveOutcome receive(Receipt receipt) {
        return inTransaction(() -> receiveGoods.receive(List.of(receipt))).getFirst();
    }

    public List<ReceiveOutcome> receiveAll(List<Receipt> receipts) {
        return inTransaction(() -> receiveGoods.receive(receipts));
    }

    public LockOutcome lock(LockStock.Request request) {
        return lockAll(List.of(request)).getFirst();
    }

    public List<LockOutcome> lockAll(List<LockStock.Request> requests) {
        return inTransaction(() -> lockStock.lock(requests));
    }

    public ReleaseOutcome release(OutboundCancel cancel) {
        return releaseAll(List.of(cancel)).getFirst();
    }

    public List<ReleaseOutcome> releaseAll(List<OutboundCancel> cancels) {
        return inTransaction(() -> releaseLocks.release(cancels));
    }

    public PickOutcome pick(Pick pick) {
        return inTransaction(() -> pickGoods.pick(List.of(pick))).getFirst();
    }

    public ShipOutcome ship(Shipment shipment) {
        return shipAll(List.of(shipment)).getFirst();
    }

    public List<ShipOutcome> shipAll(List<Shipment> shipments) {
        return inTransaction(() -> shipGoods.ship(shipments));
    }

    public CountOutcome count(Stocktake stocktake) {
        return inTransaction(() -> countStock.count(List.of(stocktake))).getFirst();
    }

    public void rebuild(RebuildStock.Lost lost) {
        adapters.transactions().inTransaction(() -> rebuildStock.rebuild(lost));
    }

    public long balance(StockKey key, WarehouseBucket bucket) {
        return adapters.balances().getOrDefault(key, Map.of()).getOrDefault(bucket, 0L);
    }

    /** Units in a bucket over all rows. */
    public long total(WarehouseBucket bucket) {
        return adapters.balances().values().stream()
                .mapToLong(row -> row.getOrDefault(bucket, 0L))
                .sum();
    }

    public Map<StockKey, Map<WarehouseBucket, Long>> balances() {
        return adapters.balances();
    }

    public Map<StockKey, Map<WarehouseBucket, Long>> ledgerSums() {
        return adapters.ledgerSums();
    }

    public Collection<Outbound> outbounds() {
        return adapters.allOutbounds();
    }

    public Outbound outbound(String id) {
        return inTransaction(() -> adapters.outbounds().find(Set.of(id))).get(id);
    }

    public List<OutboundPositions.Position> positions(String warehouse, List<AppliedPosition> cut) {
        return positions(OutboundPositions.Range.of(warehouse), cut);
    }

    public List<OutboundPositions.Position> positions(OutboundPositions.Range range, List<AppliedPosition> cut) {
        return inTransaction(() -> adapters.outboundPositions().at(range, cut));
    }

    /** Every message since the beginning, in the order in which they were sent. */
    public List<Message> allMessages() {
        return List.copyOf(outbox.appended);
    }

    /** The messages since the last call of this method. */
    public List<Message> takeMessages() {
        List<Message> taken = List.copyOf(outbox.appended.subList(messagesTaken, outbox.appended.size()));
        messagesTaken = outbox.appended.size();
        return taken;
    }

    /** Does the work in one transaction, which then fails. */
    public void failing(Runnable work) {
        int before = outbox.appended.size();
        try {
            adapters.transactions().inTransaction(() -> {
                work.run();
                throw new IllegalStateException("The transaction fails");
            });
        } finally {
            outbox.appended.subList(before, outbox.appended.size()).clear();
        }
    }

    private <T> T inTransaction(Supplier<T> work) {
        return adapters.transactions().inTransaction(work);
    }
}
