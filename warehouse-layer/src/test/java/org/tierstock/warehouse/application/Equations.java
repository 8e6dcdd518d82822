package org.tierstock.warehouse.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.tierstock.movements.protocol.Message;
import org.tierstock.warehouse.domain.Outbound;
import org.tierstock.warehouse.domain.Place;
import org.tierstock.warehouse.domain.StockKey;
import org.tierstock.warehouse.domain.WarehouseBucket;

/** What is true of a warehouse after every transaction (protocol 7). */
final class Equations {
    private Equations() {}

    static void check(Floor floor) {
        Map<StockKey, Map<WarehouseBucket, Long>> balances = floor.balances();
        assertThat(floor.ledgerSums())
                .as("each balance is the sum of its movements")
                .isEqualTo(balances);
        assertThat(lockedByOutbounds(floor))
                .as("E4: what is locked is what outbounds hold, row by row")
                .isEqualTo(locked(balances));
        assertThat(told(floor))
                .as("E2: every change of the book was told to the dispatch layer")
                .isEqualTo(book(balances));
    }

    private static Map<StockKey, Long> locked(Map<StockKey, Map<WarehouseBucket, Long>> balances) {
        Map<StockKey, Long> locked = new HashMap<>();
        balances.forEach((key, row) -> {
            if (row.containsKey(WarehouseBucket.LOCKED)) {
                locked.put(key, row.get(WarehouseBucket.LOCKED));
            }
        });
        return locked;
    }

    private static Map<StockKey, Long> lockedByOutbounds(Floor floor) {
        Map<StockKey, Long> locked = new HashMap<>();
        for (Outbound outbound : floor.outbounds()) {
            for (Map.Entry<Place, Long> row : outbound.rows().entrySet()) {
                locked.merge(outbound.key(row.getKey()), row.getValue(), Long::sum);
            }
        }
        return locked;
    }

    private static Map<String, Long> book(Map<StockKey, Map<WarehouseBucket, Long>> balances) {
        Map<String, Long> book = new HashMap<>();
        balances.forEach((key, row) ->
                row.values().forEach(units -> book.merge(key.cell().text(), units, Long::sum)));
        return book;
    }

    private static Map<String, Long> told(Floor floor) {
        Map<String, Long> told = new HashMap<>();
        for (Message message : floor.allMessages()) {
            message.effects().forEach(effect -> told.merge(effect.key(), effect.quantity(), Long::sum));
        }
        told.values().removeIf(units -> units == 0);
        return told;
    }
}
