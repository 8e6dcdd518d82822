package org.tierstock.integration.simulation;

import org.tierstock.testing.Transactions;
import org.tierstock.warehouse.domain.Article;
import org.tierstock.warehouse.domain.Location;
import org.tierstock.warehouse.domain.Owner;
import org.tierstock.warehouse.domain.Warehouse;
import org.tierstock.warehouse.fake.InMemoryAdapters;
import org.tierstock.warehouse.fake.InMemoryMasterRecords;

/** What the warehouse layer's use cases stand on, with the master records of its warehouses, in a process that may die. */
class WarehousePorts extends InMemoryAdapters {
    final Process process;

    WarehousePorts(Fate fate) {
        super(WarehousePorts::keepTheNodes);
        process = new Process("warehouse", transactions, fate);
    }

    private static void keepTheNodes(InMemoryMasterRecords masters) {
        for (String warehouse : Goods.NODES) {
            masters.warehouses().add(new Warehouse(warehouse, warehouse));
            masters.locations().add(new Location(warehouse, Warehouse.STAGING, Location.Kind.STAGING));
            Goods.LOCATIONS.forEach(
                    code -> masters.locations().add(new Location(warehouse, code, Location.Kind.STORAGE)));
        }
        masters.owners().add(new Owner(Goods.OWNER, Goods.OWNER));
        Goods.SKUS.forEach(sku -> masters.articles().add(new Article(sku, sku.code(), 1, null)));
    }

    @Override
    public Transactions transactions() {
        return process;
    }
}
