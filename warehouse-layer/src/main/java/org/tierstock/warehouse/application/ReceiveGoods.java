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
import org.tierstock.warehouse.application.port.Receipts;
import org.tierstock.warehouse.application.port.StockRows;
import org.tierstock.warehouse.application.port.ToldDocuments;
import org.tierstock.warehouse.domain.Batch;
import org.tierstock.warehouse.domain.BatchKey;
import org.tierstock.warehouse.domain.Masters;
import org.tierstock.warehouse.domain.Receipt;
import org.tierstock.warehouse.domain.ReceiveOutcome;
import org.tierstock.warehouse.domain.ReceivedGoods;
import org.tierstock.warehouse.domain.StockHead;
import org.tierstock.warehouse.domain.StockKey;
import org.tierstock.warehouse.domain.Told;
import org.tierstock.warehouse.domain.WarehouseBucket;

/** Takes goods in (S49, S104). */
@ApplicationScoped
public class ReceiveGoods {
    private final StockRows stockRows;
    private final Batches batches;
    private final Receipts receipts;
    private final MasterRecords masterRecords;
    private final ToldDocuments toldDocuments;
    private final DatabaseClock clock;
    private final Posting posting;

    @Inject
    public ReceiveGoods(
            StockRows stockRows,
            Batches batches,
            Receipts receipts,
            MasterRecords masterRecords,
            ToldDocuments toldDocuments,
            DatabaseClock clock,
            Posting posting) {
        this.stockRows = stockRows;
        this.batches = batches;
        this.receipts = receipts;
        this.masterRecords = masterRecords;
        this.toldDocuments = toldDocuments;
        this.clock = clock;
        this.posting = posting;
    }

    /**
     * Posts receipts, each with all its lines or none; a refused one leaves the others untouched.
     *
     * @return the outcomes in the order of the receipts
     */
    @Transactional
    public List<ReceiveOutcome> receive(List<Receipt> batch) {
        List<StockKey> keys = batch.stream()
                .flatMap(receipt -> receipt.lines().stream())
                .map(Receipt.Line::key)
                .toList();
        Masters masters = masterRecords.of(keys);
        Instant now = clock.now();
        Set<StockHead> heads = keys.stream().map(StockKey::head).collect(Collectors.toSet());
        Book<StockKey, WarehouseBucket> book = stockRows.lock(heads);
        List<String> numbers = batch.stream().map(Receipt::number).distinct().toList();
        Map<String, ReceivedGoods> known = new HashMap<>(receipts.find(numbers));
        Map<String, Told> told = toldDocuments.find(DocumentKind.PURCHASE_RECEIPT, numbers);
        Map<BatchKey, Batch> knownBatches = new HashMap<>(batches.of(heads));
        List<Batch> newBatches = new ArrayList<>();
        List<ReceivedGoods> posted = new ArrayList<>();
        List<ReceiveOutcome> outcomes = new ArrayList<>(batch.size());
        for (Receipt receipt : batch) {
            ReceiveOutcome outcome = repeated(receipt, known)
                    .orElseGet(() -> receipt.decide(
                            masters, knownBatches, told.getOrDefault(receipt.number(), Told.NOTHING), now, book));
            if (outcome instanceof ReceiveOutcome.Received received
                    && known.putIfAbsent(receipt.number(), received.goods()) == null) {
                posted.add(received.goods());
                received.newBatches().forEach(found -> knownBatches.put(found.key(), found));
                newBatches.addAll(received.newBatches());
            }
            outcomes.add(outcome);
        }
        receipts.add(posted);
        batches.add(newBatches);
        posting.write(book);
        return outcomes;
    }

    private static Optional<ReceiveOutcome> repeated(Receipt receipt, Map<String, ReceivedGoods> known) {
        return Optional.ofNullable(known.get(receipt.number()))
                .map(goods -> goods.receipt().equals(receipt)
                        ? new ReceiveOutcome.Received(goods, List.of(), true)
                        : new ReceiveOutcome.DocumentReused());
    }
}
