package org.tierstock.warehouse.fake;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.tierstock.testing.InMemoryTable;
import org.tierstock.testing.InMemoryTransactions;
import org.tierstock.warehouse.application.port.Picks;
import org.tierstock.warehouse.domain.PickedGoods;

/** The picks without a database. */
public final class InMemoryPicks implements Picks {
    private final Map<String, PickedGoods> byNumber;

    public InMemoryPicks(InMemoryTransactions transactions) {
        this.byNumber = new InMemoryTable<>(transactions);
    }

    @Override
    public Map<String, PickedGoods> find(Collection<String> numbers) {
        Map<String, PickedGoods> found = new HashMap<>();
        for (String number : numbers) {
            if (byNumber.containsKey(number)) {
                found.put(number, byNumber.get(number));
            }
        }
        return found;
    }

    @Override
    public void add(Collection<PickedGoods> posted) {
        for (PickedGoods document : posted) {
            if (byNumber.putIfAbsent(document.pick().number(), document) != null) {
                throw new IllegalStateException(
                        "The number is used already: " + document.pick().number());
            }
        }
    }
}
