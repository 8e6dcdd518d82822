package org.tierstock.sales.domain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.movements.Book;
import org.tierstock.sales.domain.PlaceOutcome.Shortage;

/**
 * What lines want of each stock key, summed before it is decided: two lines of one key must not pass one by one.
 */
final class Demand {
    private final Map<StockKey, Long> byKey;

    private Demand(Map<StockKey, Long> byKey) {
        this.byKey = byKey;
    }

    static Demand of(List<OrderLine> lines) {
        if (lines.size() == 1) {
            OrderLine only = lines.getFirst();
            return new Demand(Map.of(only.key(), only.remaining()));
        }
        Map<StockKey, Long> byKey = HashMap.newHashMap(lines.size());
        for (OrderLine line : lines) {
            byKey.merge(line.key(), line.remaining(), Math::addExact);
        }
        return new Demand(byKey);
    }

    /** What of it is not SELLABLE; empty when all of it is. */
    List<Shortage> shortages(Book<StockKey, SalesBucket> book) {
        List<Shortage> shortages = List.of();
        for (Map.Entry<StockKey, Long> wanted : byKey.entrySet()) {
            long sellable = book.balance(wanted.getKey(), SalesBucket.SELLABLE);
            if (sellable < wanted.getValue()) {
                shortages = shortages.isEmpty() ? new ArrayList<>() : shortages;
                shortages.add(new Shortage(wanted.getKey().sku(), wanted.getValue(), sellable));
            }
        }
        return shortages;
    }
}
