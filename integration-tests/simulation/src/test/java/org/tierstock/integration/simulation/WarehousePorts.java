package org.tierstock.integration.simulation;

import java.util.Collection;
import java.util.Map;
import org.tierstock.runtime.exchange.Outbox;
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
import org.tierstock.warehouse.fake.InMemoryBatches;
import org.tierstock.warehouse.fake.InMemoryMasterRecords;
import org.tierstock.warehouse.fake.InMemoryOutboundCancels;
import org.tierstock.warehouse.fake.InMemoryOutbounds;
import org.tierstock.warehouse.fake.InMemoryPicks;
import org.tierstock.warehouse.fake.InMemoryReceipts;
import org.tierstock.warehouse.fake.InMemoryShipments;
import org.tierstock.warehouse.fake.InMemoryStockRows;
import org.tierstock.warehouse.fake.InMemoryStocktakes;
import org.tierstock.warehouse.fake.InMemoryToldDocuments;

/**
 * What the warehouse layer's use cases stand on, in memory, with the master records of its warehouses. The fields are the
 * truth that equations are checked on; the methods are what use cases are given, and what a planted fault overrides.
 */
class WarehousePorts implements Floor.Adapters {
    final InMemoryTransactions transactions = new InMemoryTransactions();
    final InMemoryOutbox outbox = new InMemoryOutbox(transactions, new InMemoryWorkSignals(transactions));
    final InMemoryStockRows stock = new InMemoryStockRows(transactions);
    final InMemoryBatches batches = new InMemoryBatches(transactions);
    final InMemoryOutbounds outbounds = new InMemoryOutbounds(transactions);
    final InMemoryOutboundCancels cancels = new InMemoryOutboundCancels(transactions);
    final InMemoryReceipts receipts = new InMemoryReceipts(transactions);
    final InMemoryPicks picks = new InMemoryPicks(transactions);
    final InMemoryShipments shipments = new InMemoryShipments(transactions);
    final InMemoryStocktakes stocktakes = new InMemoryStocktakes(transactions);
    final InMemoryToldDocuments toldDocuments = new InMemoryToldDocuments(transactions);
    final InMemoryMasterRecords masters = new InMemoryMasterRecords(transactions);
    final Process process;

    WarehousePorts(Fate fate) {
        process = new Process("warehouse", transactions, fate);
        transactions.inTransaction(() -> {
            for (String warehouse : Goods.NODES) {
                masters.warehouses().add(new Warehouse(warehouse, warehouse));
                masters.locations().add(new Location(warehouse, Warehouse.STAGING, Location.Kind.STAGING));
                Goods.LOCATIONS.forEach(
                        code -> masters.locations().add(new Location(warehouse, code, Location.Kind.STORAGE)));
            }
            masters.owners().add(new Owner(Goods.OWNER, Goods.OWNER));
            Goods.SKUS.forEach(sku -> masters.articles().add(new Article(sku, sku.code(), 1, null)));
        });
    }

    @Override
    public Transactions transactions() {
        return process;
    }

    @Override
    public Outbox outbox() {
        return outbox;
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
        return stock.balances();
    }

    @Override
    public Map<StockKey, Map<WarehouseBucket, Long>> ledgerSums() {
        throw new UnsupportedOperationException("The simulation sums up ledgers as they grow");
    }

    @Override
    public Collection<Outbound> allOutbounds() {
        return outbounds.all();
    }
}
