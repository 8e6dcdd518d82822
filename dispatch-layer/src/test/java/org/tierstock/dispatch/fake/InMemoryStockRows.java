package org.tierstock.dispatch.fake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.tierstock.dispatch.application.port.StockRows;
import org.tierstock.dispatch.domain.DispatchBucket;
import org.tierstock.dispatch.domain.Place;
import org.tierstock.dispatch.domain.Refusal;
import org.tierstock.dispatch.domain.Stock;
import org.tierstock.dispatch.domain.StockOfSku;
import org.tierstock.dispatch.domain.Tally;
import org.tierstock.movements.Book;
import org.tierstock.movements.Cell;
import org.tierstock.movements.Sku;
import org.tierstock.runtime.clock.DatabaseClock;
import org.tierstock.runtime.exchange.Numbers;
import org.tierstock.testing.InMemoryTable;
import org.tierstock.testing.InMemoryTransactions;

/** The stock without a database. */
public final class InMemoryStockRows implements StockRows {
    private record Head(boolean unplaced, long rulesVersion, Instant recallAfter, Instant alignAfter) {
        static final Head NEW = new Head(false, 0, Instant.MIN, Instant.MIN);

        Head unplaced(boolean now) {
            return new Head(now, rulesVersion, recallAfter, alignAfter);
        }

        Head alignedWith(long rulesVersionNow) {
            return new Head(unplaced, rulesVersionNow, recallAfter, alignAfter);
        }

        Head recallAfter(Instant then) {
            return new Head(unplaced, rulesVersion, then, alignAfter);
        }

        Head alignAfter(Instant then) {
            return new Head(unplaced, rulesVersion, recallAfter, then);
        }
    }

    private record Balances(List<Long> byBucket) {
        static final Balances ZERO = of(new long[DispatchBucket.values().length]);

        static Balances of(long[] byBucket) {
            return new Balances(Arrays.stream(byBucket).boxed().toList());
        }

        Balances plus(long[] changes) {
            long[] after = new long[changes.length];
            for (int i = 0; i < changes.length; i++) {
                after[i] = byBucket.get(i) + changes[i];
            }
            return of(after);
        }

        long of(DispatchBucket bucket) {
            return byBucket.get(bucket.ordinal());
        }
    }

    private final InMemoryTransactions transactions;
    private final DatabaseClock clock;
    private final InMemoryDispatchLines lines;
    private final List<Book.Entry<Place, DispatchBucket>> ledger = new ArrayList<>();
    private final Map<Sku, Head> heads;
    private final Map<Place, Balances> rows;
    private final Map<Place.Backing, Tally> tallies;
    final Map<String, StoredRefusal> refusals;

    record StoredRefusal(Sku sku, Refusal refusal) {}

    public InMemoryStockRows(InMemoryTransactions transactions, DatabaseClock clock, InMemoryDispatchLines lines) {
        this.transactions = transactions;
        this.clock = clock;
        this.lines = lines;
        this.heads = new InMemoryTable<>(transactions);
        this.rows = new InMemoryTable<>(transactions);
        this.tallies = new InMemoryTable<>(transactions);
        this.refusals = new InMemoryTable<>(transactions);
    }

    @Override
    public Stock lock(Collection<Sku> skus) {
        Stock stock = new Stock(skus);
        stock.all().forEach(this::load);
        return stock;
    }

    private void load(StockOfSku goods) {
        Sku sku = goods.sku();
        heads.putIfAbsent(sku, Head.NEW);
        rows.forEach((place, balances) -> {
            if (place.cell().sku().equals(sku)) {
                switch (place) {
                    case Place.Node own -> {
                        for (DispatchBucket bucket : DispatchBucket.values()) {
                            goods.open(own.cell().node(), bucket, balances.of(bucket));
                        }
                    }
                    case Place.Backing backing ->
                        goods.open(
                                backing.cell().node(),
                                backing.key(),
                                balances.of(DispatchBucket.ALLOTTED),
                                tallies.getOrDefault(backing, Tally.NONE));
                }
            }
        });
        refusals.values().stream()
                .filter(stored -> stored.sku().equals(sku) && stored.refusal().held() > 0)
                .forEach(stored -> goods.open(stored.refusal()));
    }

    @Override
    public Stock lockUnheld(Collection<Sku> skus) {
        return lock(skus);
    }

    @Override
    public List<Sku> unplaced(Set<Integer> partitions, int limit) {
        return those(partitions, limit, sku -> heads.get(sku).unplaced());
    }

    @Override
    public List<Sku> inNeed(Set<Integer> partitions, int limit) {
        return those(
                partitions,
                limit,
                sku -> isPast(heads.get(sku).recallAfter())
                        && (lock(List.of(sku)).of(sku).hasDeficit()
                                || !lines.shortKeys(List.of(sku)).isEmpty()));
    }

    @Override
    public List<Sku> outOfLine(Set<Integer> partitions, long rulesVersion, int limit) {
        return those(
                partitions,
                limit,
                sku -> heads.get(sku).rulesVersion() < rulesVersion
                        && isPast(heads.get(sku).alignAfter()));
    }

    private boolean isPast(Instant instant) {
        return !instant.isAfter(clock.now());
    }

    private List<Sku> those(Set<Integer> partitions, int limit, Predicate<Sku> due) {
        return List.copyOf(heads.keySet()).stream()
                .sorted()
                .filter(sku -> partitions.contains(sku.partition()))
                .filter(due)
                .limit(limit)
                .toList();
    }

    @Override
    public void save(Stock stock, Numbers numbers) {
        for (Book.Entry<Place, DispatchBucket> entry : stock.book().entries()) {
            if (entry.notice() != null) {
                numbers.of(entry.notice());
            }
        }
        int before = ledger.size();
        transactions.onRollback(() -> ledger.subList(before, ledger.size()).clear());
        ledger.addAll(stock.book().entries());
        stock.book()
                .changes()
                .forEach((place, changes) ->
                        rows.put(place, rows.getOrDefault(place, Balances.ZERO).plus(changes)));
        for (StockOfSku goods : stock.all()) {
            tallies.putAll(goods.changedTallies());
            goods.changedRefusals()
                    .forEach(refusal -> refusals.put(refusal.outbound(), new StoredRefusal(goods.sku(), refusal)));
            if (goods.free() > 0) {
                change(List.of(goods.sku()), head -> head.unplaced(true));
            }
        }
    }

    /** The places that have a row. */
    public Collection<Place> places() {
        return Collections.unmodifiableCollection(rows.keySet());
    }

    /** A balance in whole units; 0 for a place that has none. */
    public long balance(Place place, DispatchBucket bucket) {
        return rows.getOrDefault(place, Balances.ZERO).of(bucket);
    }

    /** Units that refusals keep back, by the node that they lie at. */
    public Map<Cell, Long> keptBack() {
        Map<Cell, Long> kept = new HashMap<>();
        for (StoredRefusal stored : refusals.values()) {
            kept.merge(
                    new Cell(stored.refusal().node(), stored.sku()),
                    stored.refusal().held(),
                    Long::sum);
        }
        return kept;
    }

    /** Every movement posted and not rolled back, oldest first. */
    public List<Book.Entry<Place, DispatchBucket>> ledger() {
        return Collections.unmodifiableList(ledger);
    }

    @Override
    public void placed(Collection<Sku> skus) {
        change(skus, head -> head.unplaced(false));
    }

    @Override
    public void recalled(Collection<Sku> skus, int retrySeconds) {
        change(skus, head -> head.recallAfter(clock.now().plusSeconds(retrySeconds)));
    }

    @Override
    public void aligned(Collection<Sku> skus, long rulesVersion) {
        change(skus, head -> head.alignedWith(rulesVersion));
    }

    @Override
    public void alignLater(Collection<Sku> skus, int retrySeconds) {
        change(skus, head -> head.alignAfter(clock.now().plusSeconds(retrySeconds)));
    }

    private void change(Collection<Sku> skus, UnaryOperator<Head> change) {
        skus.forEach(sku -> heads.put(sku, change.apply(heads.get(sku))));
    }
}
