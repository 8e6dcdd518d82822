package org.tierstock.warehouse.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.tierstock.movements.Book;
import org.tierstock.movements.Cell;
import org.tierstock.movements.DocumentLine;
import org.tierstock.movements.protocol.Streams;
import org.tierstock.movements.protocol.ToDispatch.FromWarehouse;
import org.tierstock.movements.protocol.ToDispatch.GoodsReceived;
import org.tierstock.movements.protocol.ToDispatch.GoodsShipped;
import org.tierstock.movements.protocol.ToDispatch.LostLock;
import org.tierstock.movements.protocol.ToDispatch.StockChanged;
import org.tierstock.runtime.clock.DatabaseClock;
import org.tierstock.runtime.exchange.CannotApply;
import org.tierstock.runtime.exchange.Outbox;
import org.tierstock.runtime.exchange.Received;
import org.tierstock.runtime.exchange.Repost;
import org.tierstock.warehouse.application.port.Batches;
import org.tierstock.warehouse.application.port.OutboundCancels;
import org.tierstock.warehouse.application.port.OutboundCancels.Answer;
import org.tierstock.warehouse.application.port.Outbounds;
import org.tierstock.warehouse.application.port.StockRows;
import org.tierstock.warehouse.application.port.ToldDocuments;
import org.tierstock.warehouse.domain.Batch;
import org.tierstock.warehouse.domain.BatchKey;
import org.tierstock.warehouse.domain.LostOutbound;
import org.tierstock.warehouse.domain.LostOutbound.Hint;
import org.tierstock.warehouse.domain.Outbound;
import org.tierstock.warehouse.domain.OutboundCancel;
import org.tierstock.warehouse.domain.PickSequence;
import org.tierstock.warehouse.domain.Shelf;
import org.tierstock.warehouse.domain.StockHead;
import org.tierstock.warehouse.domain.StockKey;
import org.tierstock.warehouse.domain.ToldStock;
import org.tierstock.warehouse.domain.WarehouseBucket;

/**
 * Makes good, for one SKU in one warehouse, what a database that was set back has lost and dispatch knows (protocol 11.8). All
 * of it in one transaction, since its parts need each other: what left was locked before, from goods that had come.
 *
 * <p>The book of every cell, and what each outbound has locked, are as dispatch knows them. On which shelf goods lie is known
 * as far as messages tell it; picks are known to nobody else. A count of the touched shelves finds the rest.
 */
@ApplicationScoped
public class RebuildStock {
    /**
     * What dispatch knows of one SKU in one warehouse.
     *
     * @param told messages that dispatch has applied, in the order in which they were sent
     */
    public record Lost(StockHead head, List<Received<FromWarehouse>> told, List<LostOutbound> outbounds) {
        /** Nothing yet. */
        public Lost(StockHead head) {
            this(head, new ArrayList<>(), new ArrayList<>());
        }
    }

    private final StockRows stockRows;
    private final Batches batches;
    private final Outbounds outbounds;
    private final OutboundCancels cancels;
    private final ToldDocuments toldDocuments;
    private final Outbox outbox;
    private final Repost repost;
    private final DatabaseClock clock;
    private final Posting posting;

    @Inject
    public RebuildStock(
            StockRows stockRows,
            Batches batches,
            Outbounds outbounds,
            OutboundCancels cancels,
            ToldDocuments toldDocuments,
            Outbox outbox,
            Repost repost,
            DatabaseClock clock,
            Posting posting) {
        this.stockRows = stockRows;
        this.batches = batches;
        this.outbounds = outbounds;
        this.cancels = cancels;
        this.toldDocuments = toldDocuments;
        this.outbox = outbox;
        this.repost = repost;
        this.clock = clock;
        this.posting = posting;
    }

    /**
     * Makes it good; a second time has no effect.
     *
     * @throws CannotApply when the parts do not fit together; then nothing of the SKU is changed
     */
    @Transactional
    public void rebuild(Lost lost) {
        Instant now = clock.now();
        Book<StockKey, WarehouseBucket> book = stockRows.lock(List.of(lost.head()));
        new Rebuild(lost, book, now).run();
    }

    private final class Rebuild {
        private final Lost lost;
        private final Book<StockKey, WarehouseBucket> book;
        private final Instant now;
        private final ToldStock stock;
        private final List<Received<FromWarehouse>> told;
        private final OpenOutbounds open;
        private final Map<String, Long> leaving;
        private final List<Outbound> added = new ArrayList<>();
        private final List<Answer> released = new ArrayList<>();
        private final List<StockChanged> losses = new ArrayList<>();

        Rebuild(Lost lost, Book<StockKey, WarehouseBucket> book, Instant now) {
            this.lost = lost;
            this.book = book;
            this.now = now;
            this.stock = new ToldStock(book);
            this.told = repost.repost(lost.told());
            Set<String> named = new LinkedHashSet<>();
            lost.outbounds().forEach(outbound -> named.add(outbound.order().outbound()));
            this.open = new OpenOutbounds(outbounds.find(named).values());
            this.leaving = leaving();
        }

        void run() {
            Map<BatchKey, Batch> newBatches = takeIn();
            releaseKnown();
            each(StockChanged.class, this::lose);
            lockLost(newBatches);
            each(GoodsShipped.class, this::ship);
            each(StockChanged.class, this::loseLocks);
            save(newBatches);
        }

        private <M extends FromWarehouse> void each(Class<M> type, Consumer<M> move) {
            told.stream()
                    .map(Received::message)
                    .filter(type::isInstance)
                    .map(type::cast)
                    .forEach(move);
        }

        /** What came and what was found, first: then there is enough of everything that left. */
        private Map<BatchKey, Batch> takeIn() {
            Map<BatchKey, Batch> newBatches = new LinkedHashMap<>();
            Map<BatchKey, Batch> known = batches.of(List.of(lost.head()));
            each(GoodsReceived.class, received -> {
                stock.receive(received);
                Shelf shelf = Shelf.parse(received.sheet());
                BatchKey batch = shelf.key(received.cell()).batchKey();
                if (!known.containsKey(batch)) {
                    newBatches.putIfAbsent(batch, new Batch(batch, shelf.expiresOn(), now));
                }
            });
            each(StockChanged.class, changed -> stock.gain(changed));
            for (StockKey key : book.keys()) {
                if (!known.containsKey(key.batchKey())) {
                    newBatches.putIfAbsent(key.batchKey(), new Batch(key.batchKey(), null, now));
                }
            }
            return newBatches;
        }

        private void releaseKnown() {
            for (LostOutbound asDispatch : lost.outbounds()) {
                open.find(asDispatch.order().outbound()).ifPresent(outbound -> {
                    long more = asDispatch.released() - outbound.released();
                    if (more > 0) {
                        OutboundCancel cancel = asDispatch.cancel(more);
                        Outbound.Release release = outbound.release(cancel.request(), more, book);
                        if (release.released() < more) {
                            throw new CannotApply("Outbound " + outbound.order().outbound() + " has "
                                    + release.released() + " units to release, not " + more);
                        }
                        open.change(List.of(release.outbound()));
                        released.add(new Answer(cancel, more));
                    }
                });
            }
        }

        private void lose(StockChanged changed) {
            changed.sides().forEach(side -> makeRoom(side.cell(), -side.available()));
            stock.lose(changed);
        }

        /**
         * Has so many units of a cell available, if need be by taking them out of locks, the latest first: they had been released,
         * dispatch has not heard of it, and they were promised or lost again since.
         */
        private void makeRoom(Cell cell, long units) {
            long missing = units - stock.available(cell);
            for (Outbound outbound : open.ofCell(cell).stream()
                    .sorted(Comparator.comparingLong(
                                    (Outbound outbound) -> outbound.order().number())
                            .reversed())
                    .toList()) {
                long spare = outbound.locked()
                        - outbound.picked()
                        - leaving.getOrDefault(outbound.order().outbound(), 0L);
                long share = Math.min(missing, spare);
                if (share > 0) {
                    LostOutbound.Locked less = LostOutbound.lacking(outbound, share, book);
                    open.change(List.of(less.outbound()));
                    losses.add(less.loss());
                    missing -= share;
                }
            }
        }

        /** What outbounds had that dispatch was told is gone. */
        private Map<String, Long> leaving() {
            Map<String, Long> leaving = new HashMap<>();
            each(GoodsShipped.class, shipped -> leaving.merge(shipped.outbound(), shipped.quantity(), Long::sum));
            each(StockChanged.class, changed -> {
                if (!LostOutbound.isLack(changed)) {
                    changed.lostLocks().forEach(lock -> leaving.merge(lock.outbound(), lock.quantity(), Long::sum));
                }
            });
            return leaving;
        }

        /** Those that were finished everywhere before the backup need not be known again. */
        private void lockLost(Map<BatchKey, Batch> newBatches) {
            String warehouse = lost.head().warehouse();
            long low = outbounds.lows(List.of(warehouse)).getOrDefault(warehouse, 0L);
            Map<BatchKey, Batch> all = new HashMap<>(batches.of(List.of(lost.head())));
            all.putAll(newBatches);
            long at = outbox.head(
                    Streams.fromWarehouse(warehouse), lost.head().sku().partition());
            Map<String, List<Hint>> hints = hints();
            Map<String, Long> lacked = lacked();
            lost.outbounds().stream()
                    .filter(outbound -> outbound.order().number() > low)
                    .filter(outbound -> open.find(outbound.order().outbound()).isEmpty())
                    // What has no answer gets what is left: dispatch takes it as it comes.
                    .sorted(Comparator.comparing(LostOutbound::answered)
                            .reversed()
                            .thenComparing(outbound -> outbound.order().number()))
                    .forEach(outbound -> {
                        String id = outbound.order().outbound();
                        makeRoom(outbound.order().cell(), leaving.getOrDefault(id, 0L));
                        LostOutbound.Locked locked = outbound.lockAgain(
                                PickSequence.of(book, all),
                                hints.getOrDefault(id, List.of()),
                                lacked.getOrDefault(id, 0L),
                                at,
                                book);
                        open.open(locked.outbound());
                        added.add(locked.outbound());
                        if (locked.loss() != null) {
                            losses.add(locked.loss());
                        }
                        if (outbound.released() > 0) {
                            released.add(new Answer(outbound.cancel(outbound.released()), outbound.released()));
                        }
                    });
        }

        private Map<String, List<Hint>> hints() {
            Map<String, List<Hint>> hints = new HashMap<>();
            each(
                    GoodsShipped.class,
                    shipped -> hints.computeIfAbsent(shipped.outbound(), id -> new ArrayList<>())
                            .add(new Hint(shipped.batch(), null, shipped.quantity())));
            each(StockChanged.class, changed -> {
                for (LostLock lock : LostOutbound.isLack(changed) ? List.<LostLock>of() : changed.lostLocks()) {
                    Shelf shelf = shelf(changed);
                    hints.computeIfAbsent(lock.outbound(), id -> new ArrayList<>())
                            .add(new Hint(shelf.batch(), shelf.location(), lock.quantity()));
                }
            });
            return hints;
        }

        /** What outbounds lacked already when they were locked again in the lost history. */
        private Map<String, Long> lacked() {
            Map<String, Long> lacked = new HashMap<>();
            each(StockChanged.class, changed -> {
                if (LostOutbound.isLack(changed)) {
                    changed.lostLocks().forEach(lock -> lacked.merge(lock.outbound(), lock.quantity(), Long::sum));
                }
            });
            return lacked;
        }

        private void ship(GoodsShipped shipped) {
            DocumentLine because = ToldStock.document(shipped);
            open.change(List.of(outbound(shipped.outbound()).shippedAgain(shipped, because, book)));
        }

        private void loseLocks(StockChanged changed) {
            if (LostOutbound.isLack(changed)) {
                return;
            }
            DocumentLine because = ToldStock.document(changed);
            for (LostLock lock : changed.lostLocks()) {
                open.change(List.of(
                        outbound(lock.outbound()).lostAgain(lock.quantity(), shelf(changed), changed, because, book)));
            }
        }

        private static Shelf shelf(StockChanged changed) {
            return Shelf.parse(changed.sides().getFirst().sheet());
        }

        private Outbound outbound(String id) {
            return open.find(id).orElseThrow(() -> new CannotApply("Dispatch knows no outbound " + id));
        }

        private void save(Map<BatchKey, Batch> newBatches) {
            batches.add(newBatches.values());
            outbounds.add(added);
            outbounds.change(open.changed());
            cancels.add(released);
            toldDocuments.add(told.stream()
                    .map(Received::message)
                    .map(message -> new ToldDocuments.Line(ToldStock.document(message), message))
                    .toList());
            posting.writeAgain(book, told, losses);
        }
    }
}
