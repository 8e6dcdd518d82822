package org.tierstock.dispatch.fake;

import java.util.List;
import java.util.Set;
import org.tierstock.dispatch.application.port.Refusals;

/** The refusals of stock and outbounds in memory. */
public final class InMemoryRefusals implements Refusals {
    private final InMemoryStockRows stockRows;
    private final InMemoryOutbounds outbounds;

    public InMemoryRefusals(InMemoryStockRows stockRows, InMemoryOutbounds outbounds) {
        this.stockRows = stockRows;
        this.outbounds = outbounds;
    }

    @Override
    public List<KeptBack> open(Set<Integer> partitions, int limit) {
        return stockRows.refusals.values().stream()
                .filter(stored -> stored.refusal().held() > 0
                        && partitions.contains(stored.sku().partition()))
                .limit(limit)
                .map(stored -> new KeptBack(
                        stored.refusal().outbound(),
                        stored.sku(),
                        outbounds.outbounds.get(stored.refusal().outbound()).warehouse(),
                        stored.refusal().at()))
                .toList();
    }
}
