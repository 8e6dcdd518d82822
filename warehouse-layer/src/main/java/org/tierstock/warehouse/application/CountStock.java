package org.tierstock.warehouse.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tierstock.movements.Book;
import org.tierstock.movements.DocumentKind;
import org.tierstock.runtime.clock.DatabaseClock;
import org.tierstock.warehouse.application.port.Batches;
import org.tierstock.warehouse.application.port.MasterRecords;
import org.tierstock.warehouse.application.port.Outbounds;
import org.tierstock.warehouse.application.port.StockRows;
import org.tierstock.warehouse.application.port.Stocktakes;
import org.tierstock.warehouse.application.port.ToldDocuments;
import org.tierstock.warehouse.domain.Batch;
import org.tierstock.warehouse.domain.BatchKey;
import org.tierstock.warehouse.domain.CountOutcome;
import org.tierstock.warehouse.domain.CountedStock;
import org.tierstock.warehouse.domain.Decided;
import org.tierstock.warehouse.domain.Masters;
import org.tierstock.warehouse.domain.StockHead;
import org.tierstock.warehouse.domain.StockKey;
import org.tierstock.warehouse.domain.Stocktake;
import org.tierstock.warehouse.domain.Told;
import org.tierstock.warehouse.domain.WarehouseBucket;

/** Makes the book what somebody counted (S110, protocol 5). */
@ApplicationScoped
public class CountStock {
    private final StockRows stockRows;
    private final Batches batches;
    private final Outbounds outbounds;
    private final Stocktakes stocktakes;
    private final MasterRecords masterRecords;
    private final ToldDocuments toldDocuments;
    private final DatabaseClock clock;
    private final Posting posting;

    @Inject
    public CountStock(
            StockRows stockRows,
            Batches batches,
            Outbounds outbounds,
            Stocktakes stocktakes,
            MasterRecords masterRecords,
            ToldDocuments toldDocuments,
            DatabaseClock clock,
            Posting posting) {
        this.stockRows = stockRows;
        this.batches = batches;
        this.outbounds = outbounds;
        this.stocktakes = stocktakes;
        this.masterRecords = masterRecords;
        this.toldDocuments = toldDocuments;
        this.clock = clock;
        this.posting = posting;
    }

    /**
     * Posts stocktakes, each with all its lines or none; a refused one leaves the others untouched.
     *
     * @return the outcomes in the order of the stocktakes
     */
    @Transactional
    public List<CountOutcome> count(List<Stocktake> batch) {
        List<StockKey> keys = batch.stream()
                .flatMap(stocktake -> stocktake.lines().stream())
                .map(Stocktake.Line::key)
                .distinct()
                .toList();
        Masters masters = masterRecords.of(keys);
        Instant now = clock.now();
        Set<StockHead> heads = keys.stream().map(StockKey::head).collect(Collectors.toSet());
        Book<StockKey, WarehouseBucket> book = stockRows.lock(heads);
        List<String> numbers = batch.stream().map(Stocktake::number).distinct().toList();
        Map<String, CountedStock> known = new HashMap<>(stocktakes.find(numbers));
        Map<String, Told> told = toldDocuments.find(DocumentKind.STOCKTAKE, numbers);
        OpenOutbounds open = new OpenOutbounds(outbounds.holding(keys));
        Map<BatchKey, Batch> knownBatches = new HashMap<>(batches.of(heads));
        List<Batch> newBatches = new ArrayList<>();
        List<CountedStock> posted = new ArrayList<>();
        List<CountOutcome> outcomes = new ArrayList<>(batch.size());
        for (Stocktake stocktake : batch) {
            CountOutcome outcome = repeated(stocktake, known)
                    .or(() ->
                            Optional.ofNullable(told.get(stocktake.number())).map(lines -> stocktake.again(lines, now)))
                    .orElseGet(() -> {
                        Decided<CountOutcome> decided = stocktake.decide(masters, open.all(), knownBatches, now, book);
                        open.change(decided.outbounds());
                        return decided.outcome();
                    });
            if (outcome instanceof CountOutcome.Counted counted
                    && known.putIfAbsent(stocktake.number(), counted.stock()) == null) {
                posted.add(counted.stock());
                counted.newBatches().forEach(found -> knownBatches.put(found.key(), found));
                newBatches.addAll(counted.newBatches());
            }
            outcomes.add(outcome);
        }
        stocktakes.add(posted);
        batches.add(newBatches);
        outbounds.change(open.changed());
        posting.write(book);
        return outcomes;
    }

    private static Optional<CountOutcome> repeated(Stocktake stocktake, Map<String, CountedStock> known) {
        return Optional.ofNullable(known.get(stocktake.number()))
                .map(stock -> stock.stocktake().equals(stocktake)
                        ? new CountOutcome.Counted(stock, List.of(), true)
                        : new CountOutcome.DocumentReused());
    }
}
