package org.tierstock.warehouse.domain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.tierstock.movements.Action;
import org.tierstock.movements.Book;
import org.tierstock.movements.ConservationBroken;
import org.tierstock.movements.DocumentKind;
import org.tierstock.movements.DocumentLine;
import org.tierstock.movements.Movement;
import org.tierstock.movements.protocol.ToDispatch.FromWarehouse;
import org.tierstock.movements.protocol.ToDispatch.GoodsShipped;
import org.tierstock.movements.protocol.ToDispatch.StockChanged;

/**
 * An outbound order that was answered: what became of each of its units. Locked, shipped, lost, released and refused
 * units are always its quantity (protocol, E3 and E4).
 *
 * @param at last number of the warehouse's stream in the SKU's partition when the lock was decided
 * @param refused units that were not there when the lock was decided
 * @param lost units whose lock was taken by a counted loss
 * @param rows the units still locked, by the place where they lie; each at least 1
 */
public record Outbound(
        OutboundOrder order,
        long at,
        long refused,
        long shipped,
        long lost,
        long released,
        SortedMap<Place, Long> rows) {
    public Outbound {
        Objects.requireNonNull(order, "order");
        TreeMap<Place, Long> held = new TreeMap<>(rows);
        held.values().removeIf(units -> units == 0);
        rows = Collections.unmodifiableSortedMap(held);
        long units = refused + shipped + lost + released + sum(rows);
        if (units != order.quantity()) {
            throw new ConservationBroken(
                    "Outbound " + order.outbound() + " is " + order.quantity() + " units, not " + units);
        }
    }

    /** A release: the outbound after it, and how many units it gave back. */
    public record Release(Outbound outbound, long released) {}

    /** Units locked when it was answered: the stored answer of LockStock. */
    public long answered() {
        return order.quantity() - refused;
    }

    /** Units locked now. */
    public long locked() {
        return sum(rows);
    }

    /** Units locked at a place, 0 when it holds none there. */
    public long lockedAt(Place place) {
        return rows.getOrDefault(place, 0L);
    }

    /** Units that lie at staging: they can no longer be released (protocol 11.5). */
    public long picked() {
        return rows.entrySet().stream()
                .filter(row -> row.getKey().staging())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Where it holds units of that stock row, if it does. */
    public Optional<Place> placeIn(StockKey key) {
        return order.cell().equals(key.cell())
                ? rows.keySet().stream()
                        .filter(place -> place.batch().equals(key.batch())
                                && place.location().equals(key.location()))
                        .findFirst()
                : Optional.empty();
    }

    /** The stock row of one of its places. */
    public StockKey key(Place place) {
        return StockKey.at(order.cell(), place);
    }

    /**
     * LOCKED -> AVAILABLE for at most the units asked and only what is not picked (S118, protocol 11.3).
     *
     * @param request the id of the cancel request
     */
    public Release release(String request, long asked, Book<StockKey, WarehouseBucket> book) {
        DocumentLine because = new DocumentLine(DocumentKind.OUTBOUND_CANCELLATION, request, 0);
        TreeMap<Place, Long> left = new TreeMap<>(rows);
        long released = 0;
        for (Map.Entry<Place, Long> row : rows.entrySet()) {
            long units = Math.min(asked - released, row.getValue());
            if (units > 0 && !row.getKey().staging()) {
                book.post(Movement.within(
                        Action.UNLOCK,
                        key(row.getKey()),
                        WarehouseBucket.LOCKED,
                        WarehouseBucket.AVAILABLE,
                        units,
                        because));
                left.put(row.getKey(), row.getValue() - units);
                released += units;
            }
        }
        return new Release(with(shipped, lost, this.released + released, left), released);
    }

    /**
     * LOCKED -> EXTERNAL for goods that left in a history that this database has lost: those of the batch that the message
     * names first.
     */
    public Outbound shippedAgain(GoodsShipped message, DocumentLine because, Book<StockKey, WarehouseBucket> book) {
        Outbound after = this;
        for (Map.Entry<Place, Long> row : taken(place -> place.batch().equals(message.batch()), message.quantity())) {
            leave(row, Action.DEDUCT, because, message, book);
            after = after.shipped(row.getKey(), row.getValue());
        }
        return after;
    }

    /** LOCKED -> EXTERNAL for a counted loss of a lost history: on the shelf that the message names first. */
    public Outbound lostAgain(
            long units, Shelf shelf, StockChanged message, DocumentLine because, Book<StockKey, WarehouseBucket> book) {
        Outbound after = this;
        for (Map.Entry<Place, Long> row : taken(place -> key(place).equals(shelf.key(order.cell())), units)) {
            leave(row, Action.ADJUST, because, message, book);
            after = after.lost(row.getKey(), row.getValue());
        }
        return after;
    }

    private List<Map.Entry<Place, Long>> taken(Predicate<Place> first, long units) {
        List<Map.Entry<Place, Long>> taken = new ArrayList<>();
        long missing = units;
        for (boolean wanted : List.of(true, false)) {
            for (Map.Entry<Place, Long> row : rows.entrySet()) {
                long here = Math.min(missing, row.getValue());
                if (here > 0 && first.test(row.getKey()) == wanted) {
                    taken.add(Map.entry(row.getKey(), here));
                    missing -= here;
                }
            }
        }
        if (missing > 0) {
            throw new ConservationBroken("Outbound " + order.outbound() + " holds " + missing + " less than " + units);
        }
        return taken;
    }

    private void leave(
            Map.Entry<Place, Long> row,
            Action action,
            DocumentLine because,
            FromWarehouse message,
            Book<StockKey, WarehouseBucket> book) {
        book.post(
                Movement.within(
                        action,
                        key(row.getKey()),
                        WarehouseBucket.LOCKED,
                        WarehouseBucket.EXTERNAL,
                        row.getValue(),
                        because),
                message);
    }

    /** After units moved from their shelf to staging. */
    Outbound staged(Place from, Place staging, long units) {
        TreeMap<Place, Long> held = less(from, units);
        held.merge(staging, units, Long::sum);
        return with(shipped, lost, released, held);
    }

    /** After units left the house. */
    Outbound shipped(Place from, long units) {
        return with(shipped + units, lost, released, less(from, units));
    }

    /** After a counted loss took units of its lock. */
    Outbound lost(Place from, long units) {
        return with(shipped, lost + units, released, less(from, units));
    }

    private TreeMap<Place, Long> less(Place place, long units) {
        TreeMap<Place, Long> held = new TreeMap<>(rows);
        if (held.merge(place, -units, Long::sum) < 0) {
            throw new ConservationBroken("Outbound " + order.outbound() + " holds less than " + units + " at " + place);
        }
        return held;
    }

    private Outbound with(long shipped, long lost, long released, SortedMap<Place, Long> rows) {
        return new Outbound(order, at, refused, shipped, lost, released, rows);
    }

    private static long sum(SortedMap<Place, Long> rows) {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }
}
