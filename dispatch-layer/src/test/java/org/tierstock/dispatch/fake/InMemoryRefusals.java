package org.tierstock.dispatch.fake;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.tierstock.dispatch.application.port.Refusals;
import org.tierstock.dispatch.fake.InMemoryStockRows.StoredRefusal;

/** The refusals of stock in memory. */
public final class InMemoryRefusals implements Refusals {
    private final InMemoryStockRows stockRows;

    public InMemoryRefusals(InMemoryStockRows stockRows) {
        this.stockRows = stockRows;
    }

    @Override
    public List<Place> places(Set<Integer> partitions) {
        return open().map(InMemoryRefusals::place)
                .filter(place -> partitions.contains(place.partition()))
                .distinct()
                .toList();
    }

    @Override
    public List<KeptBack> due(Map<Place, Long> applied, int limit) {
        return open().filter(stored -> stored.refusal().at() <= applied.getOrDefault(place(stored), -1L))
                .limit(limit)
                .map(stored -> new KeptBack(stored.refusal().outbound(), stored.sku()))
                .toList();
    }

    private Stream<StoredRefusal> open() {
        return stockRows.refusals.values().stream()
                .filter(stored -> stored.refusal().held() > 0);
    }

    private static Place place(StoredRefusal stored) {
        return new Place(stored.refusal().warehouse(), stored.sku().partition());
    }
}
