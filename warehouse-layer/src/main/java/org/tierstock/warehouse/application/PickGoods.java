package org.tierstock.warehouse.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tierstock.movements.Book;
import org.tierstock.movements.DocumentKind;
import org.tierstock.warehouse.application.port.MasterRecords;
import org.tierstock.warehouse.application.port.Outbounds;
import org.tierstock.warehouse.application.port.Picks;
import org.tierstock.warehouse.application.port.StockRows;
import org.tierstock.warehouse.application.port.ToldDocuments;
import org.tierstock.warehouse.domain.Decided;
import org.tierstock.warehouse.domain.Masters.LocationCode;
import org.tierstock.warehouse.domain.Outbound;
import org.tierstock.warehouse.domain.Pick;
import org.tierstock.warehouse.domain.PickOutcome;
import org.tierstock.warehouse.domain.PickedGoods;
import org.tierstock.warehouse.domain.StockHead;
import org.tierstock.warehouse.domain.StockKey;
import org.tierstock.warehouse.domain.Told;
import org.tierstock.warehouse.domain.WarehouseBucket;

/** Carries goods of outbounds from their shelves to staging, and counts what a picker did not find (protocol 11.5). */
@ApplicationScoped
public class PickGoods {
    private final StockRows stockRows;
    private final Outbounds outbounds;
    private final Picks picks;
    private final MasterRecords masterRecords;
    private final ToldDocuments toldDocuments;
    private final Posting posting;

    @Inject
    public PickGoods(
            StockRows stockRows,
            Outbounds outbounds,
            Picks picks,
            MasterRecords masterRecords,
            ToldDocuments toldDocuments,
            Posting posting) {
        this.stockRows = stockRows;
        this.outbounds = outbounds;
        this.picks = picks;
        this.masterRecords = masterRecords;
        this.toldDocuments = toldDocuments;
        this.posting = posting;
    }

    /**
     * Posts picks; a refused one leaves the others untouched.
     *
     * @return the outcomes in the order of the picks
     */
    @Transactional
    public List<PickOutcome> pick(List<Pick> batch) {
        List<String> ids = batch.stream().map(Pick::outbound).distinct().toList();
        Map<String, StockHead> heads = outbounds.heads(ids);
        Set<LocationCode> staging = masterRecords.staging(batch.stream()
                .filter(pick -> heads.containsKey(pick.outbound()))
                .map(pick -> staging(pick, heads.get(pick.outbound()).warehouse()))
                .distinct()
                .toList());
        Book<StockKey, WarehouseBucket> book = stockRows.lock(new TreeSet<>(heads.values()));
        OpenOutbounds open = open(batch, ids);
        List<String> numbers = batch.stream().map(Pick::number).distinct().toList();
        Map<String, PickedGoods> known = new HashMap<>(picks.find(numbers));
        Map<String, Told> told = toldDocuments.find(DocumentKind.PICK, numbers);
        List<PickedGoods> posted = new ArrayList<>();
        List<PickOutcome> outcomes = new ArrayList<>(batch.size());
        for (Pick pick : batch) {
            PickOutcome outcome = repeated(pick, known)
                    .orElseGet(() -> decide(pick, staging, open, told.getOrDefault(pick.number(), Told.NOTHING), book));
            if (outcome instanceof PickOutcome.Picked(PickedGoods goods, boolean replayed) && !replayed) {
                known.put(pick.number(), goods);
                posted.add(goods);
            }
            outcomes.add(outcome);
        }
        picks.add(posted);
        outbounds.change(open.changed());
        posting.write(book);
        return outcomes;
    }

    /** The picked outbounds, and those that a short pick at the same places would take from. */
    private OpenOutbounds open(List<Pick> batch, List<String> ids) {
        Map<String, Outbound> picked = outbounds.find(ids);
        List<StockKey> emptied = new ArrayList<>();
        for (Pick pick : batch) {
            Outbound outbound = picked.get(pick.outbound());
            if (outbound != null) {
                emptied.addAll(pick.emptied(outbound));
            }
        }
        OpenOutbounds open = new OpenOutbounds(outbounds.holding(emptied));
        picked.values().forEach(open::open);
        return open;
    }

    private static Optional<PickOutcome> repeated(Pick pick, Map<String, PickedGoods> known) {
        return Optional.ofNullable(known.get(pick.number()))
                .map(goods -> goods.pick().equals(pick)
                        ? new PickOutcome.Picked(goods, true)
                        : new PickOutcome.DocumentReused());
    }

    private static PickOutcome decide(
            Pick pick, Set<LocationCode> staging, OpenOutbounds open, Told told, Book<StockKey, WarehouseBucket> book) {
        Optional<Outbound> found = open.find(pick.outbound());
        if (found.isEmpty()) {
            return new PickOutcome.UnknownOutbound();
        }
        Outbound outbound = found.get();
        if (!staging.contains(staging(pick, outbound.order().warehouse()))) {
            return new PickOutcome.UnknownStaging(pick.staging());
        }
        Collection<Outbound> holders = open.ofCell(outbound.order().cell());
        Decided<PickOutcome> decided = pick.decide(outbound, holders, told, book);
        open.change(decided.outbounds());
        return decided.outcome();
    }

    private static LocationCode staging(Pick pick, String warehouse) {
        return new LocationCode(warehouse, pick.staging());
    }
}
