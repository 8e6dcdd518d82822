package org.tierstock.warehouse.fake;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.tierstock.testing.InMemoryTable;
import org.tierstock.testing.InMemoryTransactions;
import org.tierstock.warehouse.application.port.Shipments;
import org.tierstock.warehouse.domain.ShippedGoods;

/** The shipments without a database. */
public final class InMemoryShipments implements Shipments {
    private final Map<String, ShippedGoods> byNumber;

    public InMemoryShipments(InMemoryTransactions transactions) {
        this.byNumber = new InMemoryTable<>(transactions);
    }

    @Override
    public Map<String, ShippedGoods> find(Collection<String> numbers) {
        Map<String, ShippedGoods> found = new HashMap<>();
        for (String number : numbers) {
            if (byNumber.containsKey(number)) {
                found.put(number, byNumber.get(number));
            }
        }
        return found;
    }

    @Override
    public void add(Collection<ShippedGoods> posted) {
        for (ShippedGoods document : posted) {
            if (byNumber.putIfAbsent(document.shipment().number(), document) != null) {
                throw new IllegalStateException(
                        "The number is used already: " + document.shipment().number());
            }
        }
    }
}
