package org.tierstock.sales.application;

import static java.util.stream.Collectors.toSet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tierstock.movements.Book;
import org.tierstock.sales.application.port.Channels;
import org.tierstock.sales.application.port.Orders;
import org.tierstock.sales.application.port.Placements;
import org.tierstock.sales.application.port.StockRows;
import org.tierstock.sales.domain.Channel;
import org.tierstock.sales.domain.Order;
import org.tierstock.sales.domain.OrderDraft;
import org.tierstock.sales.domain.OrderLine;
import org.tierstock.sales.domain.OrderNumber;
import org.tierstock.sales.domain.PlaceOrder;
import org.tierstock.sales.domain.PlaceOutcome;
import org.tierstock.sales.domain.PlaceOutcome.DocumentReused;
import org.tierstock.sales.domain.PlaceOutcome.InsufficientStock;
import org.tierstock.sales.domain.PlaceOutcome.MissingShipRegion;
import org.tierstock.sales.domain.PlaceOutcome.Placed;
import org.tierstock.sales.domain.PlaceOutcome.Shortage;
import org.tierstock.sales.domain.PlaceOutcome.UnknownChannel;
import org.tierstock.sales.domain.SalesBucket;
import org.tierstock.sales.domain.StockKey;

/** Places orders and locks their stock (S11, S24, S29). */
@ApplicationScoped
public class PlaceOrders {
    /** A batch that was placed in vain costs as much as three or four that were placed unseen have spared. */
    private static final int LOOKS_AFTER_A_MISTAKE = 8;

    /** As many keys are known to be scarce, some 3 MB of them. What is forgotten costs a mistake more. */
    private static final int SCARCE_KEYS = 10_000;

    private final Channels channels;
    private final StockRows stockRows;
    private final Orders orders;
    private final Placements placements;

    /**
     * Keys for which an order was refused lately. Only a hint: it decides whether balances are looked at before they are
     * locked, never what is answered.
     */
    private final RecentKeys scarce = new RecentKeys(SCARCE_KEYS);

    /** How many batches are still looked at before they are placed. Only a hint, as {@link #scarce} is: lanes may miscount. */
    private volatile int looksToTake;

    @Inject
    public PlaceOrders(Channels channels, StockRows stockRows, Orders orders, Placements placements) {
        this.channels = channels;
        this.stockRows = stockRows;
        this.orders = orders;
        this.placements = placements;
    }

    private record Candidate(int index, OrderDraft draft) {}

    /**
     * Places each order, all its lines or none, in the order given. A refused order leaves the others untouched.
     *
     * @return one outcome for each order, in the same order; durable when this returns
     */
    @Transactional
    public List<PlaceOutcome> place(List<PlaceOrder> asked) {
        PlaceOutcome[] outcomes = new PlaceOutcome[asked.size()];
        List<Candidate> candidates = draft(asked, outcomes);
        candidates = refuseSoldOut(candidates, outcomes);
        if (!candidates.isEmpty() && !placeUnseen(candidates, outcomes)) {
            lockAndPlace(candidates, outcomes);
        }
        return Arrays.asList(outcomes);
    }

    private List<Candidate> draft(List<PlaceOrder> asked, PlaceOutcome[] outcomes) {
        List<Candidate> candidates = new ArrayList<>(asked.size());
        Map<String, Channel> known = channels.find(
                asked.stream().map(order -> order.number().channel()).collect(toSet()));
        for (int i = 0; i < outcomes.length; i++) {
            PlaceOrder order = asked.get(i);
            Channel channel = known.get(order.number().channel());
            if (channel == null) {
                outcomes[i] = new UnknownChannel(order.number().channel());
            } else if (order.shipRegion().isEmpty() && channel.shipRegion().isEmpty()) {
                outcomes[i] = new MissingShipRegion(order.number().channel());
            } else {
                candidates.add(new Candidate(i, OrderDraft.of(order, channel)));
            }
        }
        return candidates;
    }

    /**
     * Refuses new orders for what is sold out without locking or writing anything: after a sell-out most requests end here.
     *
     * <p>The balances are read before the orders. An order that took the last unit was committed with it, so its retry is
     * found here, or is left to {@link #lockAndPlace}.
     */
    private List<Candidate> refuseSoldOut(List<Candidate> candidates, PlaceOutcome[] outcomes) {
        List<Candidate> doubtful =
                candidates.stream().filter(this::touchesScarce).toList();
        if (doubtful.isEmpty()) {
            return candidates;
        }
        Book<StockKey, SalesBucket> book = stockRows.glance(keys(doubtful));
        Map<Integer, List<Shortage>> shortages = new HashMap<>();
        for (Candidate candidate : doubtful) {
            List<Shortage> missing = candidate.draft().shortages(book);
            if (missing.isEmpty()) {
                candidate.draft().lines().forEach(line -> scarce.remove(line.key()));
            } else {
                shortages.put(candidate.index(), missing);
            }
        }
        if (shortages.isEmpty()) {
            return candidates;
        }
        Map<OrderNumber, Order> known = orders.load(numbers(doubtful));
        List<Candidate> open = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates) {
            List<Shortage> missing = shortages.get(candidate.index());
            Order before = known.get(candidate.draft().number());
            if (before != null) {
                outcomes[candidate.index()] = again(candidate.draft(), before);
            } else if (missing != null) {
                outcomes[candidate.index()] = new InsufficientStock(missing);
            } else {
                open.add(candidate);
            }
        }
        return open;
    }

    private boolean touchesScarce(Candidate candidate) {
        if (scarce.isEmpty()) {
            return false;
        }
        for (OrderLine line : candidate.draft().lines()) {
            if (scarce.contains(line.key())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Places all of them without having looked, in one round trip instead of two: as a rule orders are new and there is
     * enough. What cannot be the database refuses, and then nothing was done. Nobody is refused here: for that one must
     * have looked.
     *
     * @return whether they are placed
     */
    private boolean placeUnseen(List<Candidate> candidates, PlaceOutcome[] outcomes) {
        int looks = looksToTake;
        if (looks > 0) {
            looksToTake = looks - 1;
            return false;
        }
        Book<StockKey, SalesBucket> book = new Book<>(SalesBucket.class);
        keys(candidates).forEach(key -> book.open(key, SalesBucket.SELLABLE, Long.MAX_VALUE));
        Set<OrderNumber> numbers = HashSet.newHashSet(candidates.size());
        List<Order> placed = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates) {
            Order order = candidate.draft().at(Instant.EPOCH);
            if (!numbers.add(order.number())
                    || !order.terms().deductionMode().locksAtOrder()
                    || !order.place(book).isEmpty()) {
                return false;
            }
            placed.add(order);
        }
        Optional<Instant> at = placements.placeUnseen(placed, book);
        if (at.isEmpty()) {
            looksToTake = LOOKS_AFTER_A_MISTAKE;
            return false;
        }
        for (int i = 0; i < placed.size(); i++) {
            outcomes[candidates.get(i).index()] = new Placed(placed.get(i).at(at.get()), false);
        }
        return true;
    }

    private void lockAndPlace(List<Candidate> candidates, PlaceOutcome[] outcomes) {
        Placements.Opened opened = placements.open(keys(candidates), numbers(candidates));
        StockRows.Locked locked = opened.stock();
        Map<OrderNumber, Order> known = new HashMap<>(opened.known());
        List<Order> placed = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates) {
            OrderDraft draft = candidate.draft();
            Order before = known.get(draft.number());
            if (before != null) {
                outcomes[candidate.index()] = again(draft, before);
                continue;
            }
            Order order = draft.at(locked.at());
            List<Shortage> missing = order.place(locked.book());
            if (missing.isEmpty()) {
                known.put(order.number(), order);
                placed.add(order);
                outcomes[candidate.index()] = new Placed(order, false);
            } else {
                remember(order, locked.book());
                outcomes[candidate.index()] = new InsufficientStock(missing);
            }
        }
        if (!placed.isEmpty()) {
            placements.place(placed, locked.book());
        }
    }

    /** Only keys that exist: callers may name as many others as they like. */
    private void remember(Order refused, Book<StockKey, SalesBucket> book) {
        for (OrderLine line : refused.lines()) {
            if (book.knows(line.key())) {
                scarce.add(line.key());
            }
        }
    }

    private static PlaceOutcome again(OrderDraft draft, Order before) {
        return before.contentHash() == draft.contentHash()
                ? new Placed(before, true)
                : new DocumentReused(draft.number());
    }

    private static Collection<StockKey> keys(List<Candidate> candidates) {
        Set<StockKey> keys = new HashSet<>();
        for (Candidate candidate : candidates) {
            for (OrderLine line : candidate.draft().lines()) {
                keys.add(line.key());
            }
        }
        return keys;
    }

    private static List<OrderNumber> numbers(List<Candidate> candidates) {
        return candidates.stream().map(candidate -> candidate.draft().number()).toList();
    }
}
