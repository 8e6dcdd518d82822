package org.tierstock.warehouse.fake;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.tierstock.testing.InMemoryTable;
import org.tierstock.testing.InMemoryTransactions;
import org.tierstock.warehouse.application.port.Stocktakes;
import org.tierstock.warehouse.domain.CountedStock;

/** The stocktakes without a database. */
public final class InMemoryStocktakes implements Stocktakes {
    private final Map<String, CountedStock> byNumber;

    public InMemoryStocktakes(InMemoryTransactions transactions) {
        this.byNumber = new InMemoryTable<>(transactions);
    }

    @Override
    public Map<String, CountedStock> find(Collection<String> numbers) {
        Map<String, CountedStock> found = new HashMap<>();
        for (String number : numbers) {
            if (byNumber.containsKey(number)) {
                found.put(number, byNumber.get(number));
            }
        }
        return found;
    }

    @Override
    public void add(Collection<CountedStock> posted) {
        for (CountedStock document : posted) {
            if (byNumber.putIfAbsent(document.stocktake().number(), document) != null) {
                throw new IllegalStateException(
                        "The number is used already: " + document.stocktake().number());
            }
        }
    }
}
