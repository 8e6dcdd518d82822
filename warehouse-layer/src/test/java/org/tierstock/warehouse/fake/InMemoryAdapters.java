package org.tierstock.warehouse.fake;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.tierstock.movements.Movement;
import org.tierstock.movements.Sku;
import org.tierstock.movements.protocol.Message;
import org.tierstock.runtime.exchange.Outbox;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.runtime.exchange.Repost;
import org.tierstock.testing.InMemoryOutbox;
import org.tierstock.testing.InMemoryTransactions;
import org.tierstock.testing.InMemoryWorkSignals;
import org.tierstock.testing.Transactions;
import org.tierstock.warehouse.application.Floor;
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
import org.tierstock.warehouse.domain.Article;
import org.tierstock.warehouse.domain.Location;
import org.tierstock.warehouse.domain.Outbound;
import org.tierstock.warehouse.domain.Owner;
import org.tierstock.warehouse.domain.StockKey;
import org.tierstock.warehouse.domain.Warehouse;
import org.tierstock.warehouse.domain.WarehouseBucket;

/**
 * Everything that the use cases stand on, in memory. The fields are the truth that tests look at; the methods are what use
 * cases are given, and what the simulation overrides to leave a protection out.
 */
public class InMemoryAdapters implements Floor.Adapters {
    public final InMemoryTransactions transactions = new InMemoryTransactions();
    public final InMemoryOutbox outbox = new InMemoryOutbox(transactions, new InMemoryWorkSignals(transactions));
    public final InMemoryStockRows stock = new InMemoryStockRows(transactions);
    public final InMemoryBatches batches = new InMemoryBatches(transactions);
    public final InMemoryOutbounds outbounds = new InMemoryOutbounds(transactions);
    public final InMemoryOutboundCancels cancels = new InMemoryOutboundCancels(transactions);
    public final InMemoryReceipts receipts = new InMemoryReceipts(transactions);
    public final InMemoryPicks picks = new InMemoryPicks(transactions);
    public final InMemoryShipments shipments = new InMemoryShipments(transactions);
    public final InMemoryStocktakes stocktakes = new InMemoryStocktakes(transactions);
    public final InMemoryToldDocuments toldDocuments = new InMemoryToldDocuments(transactions);
    public final InMemoryMasterRecords masters = new InMemoryMasterRecords(transactions);

    /** With the floor's master records. */
    public InMemoryAdapters() {
        this(InMemoryAdapters::keepTheFloor);
    }

    /** With the master records that are added there. */
    protected InMemoryAdapters(Consumer<InMemoryMasterRecords> keep) {
        transactions.inTransaction(() -> keep.accept(masters));
    }

    private static void keepTheFloor(InMemoryMasterRecords masters) {
        for (String warehouse : List.of("WH1", "WH2")) {
            masters.warehouses().add(new Warehouse(warehouse, "Warehouse " + warehouse));
            masters.locations().add(new Location(warehouse, Warehouse.STAGING, Location.Kind.STAGING));
            for (String location : List.of("A-1", "A-2", "B-1")) {
                masters.locations().add(new Location(warehouse, location, Location.Kind.STORAGE));
            }
        }
        masters.owners().add(new Owner("OWN", "Our own"));
        masters.owners().add(new Owner("BRAND", "A brand"));
        masters.articles().add(new Article(new Sku("COLA"), "Cola", 24, null));
        masters.articles().add(new Article(new Sku("PHONE"), "Phone", 1, null));
        masters.articles().add(new Article(new Sku("MILK"), "Milk", 12, 10));
    }

    @Override
    public Transactions transactions() {
        return transactions;
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    /** Every message with its number. */
    public List<Received<Message>> sent() {
        return outbox.sent();
    }

    @Override
    public StockRows stockRows() {
        return stock;
    }

    @Override
    public Batches batches() {
        return batches;
    }

    @Override
    public Outbounds outbounds() {
        return outbounds;
    }

    @Override
    public OutboundCancels cancels() {
        return cancels;
    }

    @Override
    public Receipts receipts() {
        return receipts;
    }

    @Override
    public Picks picks() {
        return picks;
    }

    @Override
    public Shipments shipments() {
        return shipments;
    }

    @Override
    public Stocktakes stocktakes() {
        return stocktakes;
    }

    @Override
    public ToldDocuments toldDocuments() {
        return toldDocuments;
    }

    @Override
    public Repost repost() {
        return outbox;
    }

    @Override
    public MasterRecords masterRecords() {
        return masters;
    }

    @Override
    public OutboundPositions outboundPositions() {
        return outbounds;
    }

    @Override
    public Map<StockKey, Map<WarehouseBucket, Long>> balances() {
        return withoutZeros(stock.balances());
    }

    @Override
    public Map<StockKey, Map<WarehouseBucket, Long>> ledgerSums() {
        Map<StockKey, Map<WarehouseBucket, Long>> sums = new HashMap<>();
        for (Movement<StockKey, WarehouseBucket> movement : stock.ledger()) {
            if (movement.from() != null) {
                add(sums, movement.from(), movement.fromBucket(), -movement.quantity());
            }
            if (movement.to() != null) {
                add(sums, movement.to(), movement.toBucket(), movement.quantity());
            }
        }
        return withoutZeros(sums);
    }

    @Override
    public Collection<Outbound> allOutbounds() {
        return outbounds.all();
    }

    private static void add(
            Map<StockKey, Map<WarehouseBucket, Long>> sums, StockKey key, WarehouseBucket bucket, long units) {
        sums.computeIfAbsent(key, k -> new EnumMap<>(WarehouseBucket.class)).merge(bucket, units, Long::sum);
    }

    /** Only the rows and buckets that hold anything. */
    public static Map<StockKey, Map<WarehouseBucket, Long>> withoutZeros(
            Map<StockKey, Map<WarehouseBucket, Long>> rows) {
        Map<StockKey, Map<WarehouseBucket, Long>> held = new HashMap<>();
        rows.forEach((key, row) -> {
            Map<WarehouseBucket, Long> buckets = new EnumMap<>(WarehouseBucket.class);
            row.forEach((bucket, units) -> {
                if (units != 0) {
                    buckets.put(bucket, units);
                }
            });
            if (!buckets.isEmpty()) {
                held.put(key, buckets);
            }
        });
        return held;
    }
}
