package org.tierstock.dispatch.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tierstock.dispatch.application.port.Refusals;
import org.tierstock.dispatch.application.port.Refusals.KeptBack;
import org.tierstock.dispatch.application.port.Refusals.Place;
import org.tierstock.dispatch.application.port.StockRows;
import org.tierstock.dispatch.domain.Reason;
import org.tierstock.dispatch.domain.Refusal;
import org.tierstock.dispatch.domain.Stock;
import org.tierstock.dispatch.domain.StockOfSku;
import org.tierstock.movements.Action;
import org.tierstock.movements.DocumentKind;
import org.tierstock.movements.DocumentLine;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.runtime.exchange.Watermarks;
import org.tierstock.runtime.work.Progress;

/** Frees what is still kept back of a refusal, once everything that its warehouse had said by then has been applied. */
@ApplicationScoped
public class EndRefusals {
    private final Refusals refusals;
    private final Watermarks watermarks;
    private final StockRows stockRows;
    private final PostMovements movements;

    @Inject
    public EndRefusals(Refusals refusals, Watermarks watermarks, StockRows stockRows, PostMovements movements) {
        this.refusals = refusals;
        this.watermarks = watermarks;
        this.stockRows = stockRows;
        this.movements = movements;
    }

    /** Refusals that need keep nothing back any more, at most {@code limit}. */
    public List<KeptBack> due(Set<Integer> partitions, int limit) {
        Map<Place, Long> applied = new HashMap<>();
        for (Place place : refusals.places(partitions)) {
            applied.put(place, watermarks.contiguous(Streams.fromWarehouse(place.warehouse()), place.partition()));
        }
        return applied.isEmpty() ? List.of() : refusals.due(applied, limit);
    }

    /** Ends these refusals, which are due. One that has ended meanwhile is passed by. */
    @Transactional
    public Progress end(List<KeptBack> due) {
        Stock stock = stockRows.lock(due.stream().map(KeptBack::sku).toList());
        Set<String> outbounds =
                new HashSet<>(due.stream().map(KeptBack::outbound).toList());
        for (StockOfSku goods : stock.all()) {
            for (Refusal refusal : List.copyOf(goods.refusals())) {
                if (refusal.held() > 0 && outbounds.contains(refusal.outbound())) {
                    DocumentLine document = new DocumentLine(DocumentKind.OUTBOUND_ORDER, refusal.outbound(), 0);
                    goods.endRefusal(refusal, new Reason(Action.UNLOCK, document, null));
                }
            }
        }
        movements.post(stock, List.of(), Numbers.NONE);
        return Progress.DONE;
    }
}
