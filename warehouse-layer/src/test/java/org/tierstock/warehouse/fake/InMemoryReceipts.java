package org.tierstock.warehouse.fake;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.tierstock.testing.InMemoryTable;
import org.tierstock.testing.InMemoryTransactions;
import org.tierstock.warehouse.application.port.Receipts;
import org.tierstock.warehouse.domain.ReceivedGoods;

/** The receipts without a database. */
public final class InMemoryReceipts implements Receipts {
    private final Map<String, ReceivedGoods> byNumber;

    public InMemoryReceipts(InMemoryTransactions transactions) {
        this.byNumber = new InMemoryTable<>(transactions);
    }

    @Override
    public Map<String, ReceivedGoods> find(Collection<String> numbers) {
        Map<String, ReceivedGoods> found = new HashMap<>();
        for (String number : numbers) {
            if (byNumber.containsKey(number)) {
                found.put(number, byNumber.get(number));
            }
        }
        return found;
    }

    @Override
    public void add(Collection<ReceivedGoods> posted) {
        for (ReceivedGoods document : posted) {
            if (byNumber.putIfAbsent(document.receipt().number(), document) != null) {
                throw new IllegalStateException(
                        "The number is used already: " + document.receipt().number());
            }
        }
    }
}
