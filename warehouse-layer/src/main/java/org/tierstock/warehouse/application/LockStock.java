package org.tierstock.warehouse.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tierstock.movements.Book;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.runtime.exchange.Outbox;
import org.tierstock.warehouse.application.port.Batches;
import org.tierstock.warehouse.application.port.Outbounds;
import org.tierstock.warehouse.application.port.StockRows;
import org.tierstock.warehouse.domain.LockOutcome;
import org.tierstock.warehouse.domain.Outbound;
import org.tierstock.warehouse.domain.OutboundOrder;
import org.tierstock.warehouse.domain.PickSequence;
import org.tierstock.warehouse.domain.StockHead;
import org.tierstock.warehouse.domain.StockKey;
import org.tierstock.warehouse.domain.WarehouseBucket;

/** Locks goods at location and batch for outbound orders (S46, protocol 5 and 11.2). */
@ApplicationScoped
public class LockStock {
    /**
     * One outbound to lock.
     *
     * @param low all outbounds of this warehouse up to this number are answered and finished, says the caller. It holds for
     *     this request alone: were it kept, one call that named too high a number would end the locks of a warehouse
     */
    public record Request(OutboundOrder order, long low) {}

    private record Stream(String warehouse, int partition) {
        static Stream of(OutboundOrder order) {
            return new Stream(order.warehouse(), order.cell().sku().partition());
        }
    }

    private final StockRows stockRows;
    private final Batches batches;
    private final Outbounds outbounds;
    private final Outbox outbox;
    private final Posting posting;

    @Inject
    public LockStock(StockRows stockRows, Batches batches, Outbounds outbounds, Outbox outbox, Posting posting) {
        this.stockRows = stockRows;
        this.batches = batches;
        this.outbounds = outbounds;
        this.outbox = outbox;
        this.posting = posting;
    }

    /**
     * Locks as much of each outbound as there is, and stores the answer, also a refusal. A known outbound repeats its
     * answer; an unknown one whose row may have been purged, or which its own caller says to be finished, is stale and moves
     * nothing.
     *
     * @return the outcomes in the order of the requests
     */
    @Transactional
    public List<LockOutcome> lock(List<Request> requests) {
        Set<StockHead> heads =
                requests.stream().map(request -> request.order().head()).collect(Collectors.toCollection(TreeSet::new));
        Book<StockKey, WarehouseBucket> book = stockRows.lock(heads);
        Map<String, Outbound> known = new HashMap<>(outbounds.find(requests.stream()
                .map(request -> request.order().outbound())
                .distinct()
                .toList()));
        // Read after the known outbounds: whoever purged one of them has committed its low with that.
        Map<String, Long> lows = outbounds.lows(requests.stream()
                .map(request -> request.order().warehouse())
                .distinct()
                .toList());
        PickSequence sequence = PickSequence.of(book, batches.of(heads));
        Map<Stream, Long> streamHeads = new HashMap<>();
        List<Outbound> added = new ArrayList<>();
        List<LockOutcome> outcomes = new ArrayList<>(requests.size());
        for (Request request : requests) {
            OutboundOrder order = request.order();
            Outbound outbound = known.get(order.outbound());
            if (outbound == null
                    && order.number() <= Math.max(request.low(), lows.getOrDefault(order.warehouse(), 0L))) {
                outcomes.add(new LockOutcome.Stale());
                continue;
            }
            if (outbound == null) {
                long at = streamHeads.computeIfAbsent(
                        Stream.of(order),
                        stream -> outbox.head(Streams.fromWarehouse(stream.warehouse()), stream.partition()));
                outbound = order.lock(sequence, at, book);
                known.put(order.outbound(), outbound);
                added.add(outbound);
            }
            outcomes.add(new LockOutcome.Answered(outbound.answered(), outbound.at()));
        }
        outbounds.add(added);
        posting.write(book);
        return outcomes;
    }
}
