package org.tierstock.warehouse.domain;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.tierstock.movements.Action;
import org.tierstock.movements.Book;
import org.tierstock.movements.ConservationBroken;
import org.tierstock.movements.DocumentKind;
import org.tierstock.movements.DocumentLine;
import org.tierstock.movements.Movement;
import org.tierstock.movements.protocol.ToDispatch.LostLock;
import org.tierstock.movements.protocol.ToDispatch.Side;
import org.tierstock.movements.protocol.ToDispatch.StockChanged;

/**
 * An outbound as dispatch knows it, of which this database, set back to a backup, may know less (protocol 11.8).
 *
 * @param answered whether dispatch has the answer of its lock; otherwise it asks again
 * @param refused units of the answer
 * @param gone units that dispatch was told have left or lost their lock
 * @param released by the requests that dispatch has answers of
 */
public record LostOutbound(OutboundOrder order, boolean answered, long refused, long gone, long released) {
    public LostOutbound {
        Objects.requireNonNull(order, "order");
    }

    /**
     * Where a lost history had units of it, as far as a message tells.
     *
     * @param location null when only the batch is known
     */
    public record Hint(String batch, String location, long units) {
        boolean matches(StockKey key) {
            return key.batch().equals(batch)
                    && (location == null || key.location().equals(location));
        }
    }

    /**
     * An outbound that is locked again, or less than before.
     *
     * @param loss tells dispatch of units that it believes to be locked and that the shelf lacks; null when it lacks none
     */
    public record Locked(Outbound outbound, StockChanged loss) {}

    /**
     * AVAILABLE -> LOCKED for what dispatch believes to be locked, and for what left since: first where messages tell that it
     * was, the rest as any lock would be. What an answer had promised and is not there is lost at once: the same units count
     * as available again at dispatch, since nothing of the book changes.
     *
     * @param lacked units that it lacked already when it was locked again in a history that was lost too
     * @param at last number of the warehouse's stream in the SKU's partition
     */
    public Locked lockAgain(
            PickSequence sequence, Collection<Hint> hints, long lacked, long at, Book<StockKey, WarehouseBucket> book) {
        TreeMap<Place, Long> rows = new TreeMap<>();
        long wanted = order.quantity() - refused - released - lacked;
        long missing = wanted;
        for (Hint hint : hints) {
            missing -= take(
                    sequence.of(order.cell()).stream().filter(hint::matches).toList(), hint.units(), rows, book);
        }
        missing -= take(sequence.of(order.cell()), missing, rows, book);
        long never = missing - (wanted - (gone - lacked));
        if (never > 0) {
            throw new ConservationBroken("Of the units of " + order.cell() + " that outbound " + order.outbound()
                    + " had, " + never + " never came");
        }
        return answered
                ? new Locked(
                        new Outbound(order, at, refused, 0, lacked + missing, released, rows),
                        missing == 0 ? null : lack(order, missing, lacked + missing))
                : new Locked(new Outbound(order, at, refused + missing, 0, lacked, released, rows), null);
    }

    /**
     * LOCKED -> AVAILABLE for units of an outbound that were promised or lost again in a lost history, and are not picked.
     * Dispatch is told that they are lost from the lock.
     */
    public static Locked lacking(Outbound outbound, long units, Book<StockKey, WarehouseBucket> book) {
        Outbound after = outbound;
        long left = units;
        for (Map.Entry<Place, Long> row : outbound.rows().entrySet()) {
            long here = row.getKey().staging() ? 0 : Math.min(left, row.getValue());
            if (here > 0) {
                book.post(Movement.within(
                        Action.UNLOCK,
                        outbound.key(row.getKey()),
                        WarehouseBucket.LOCKED,
                        WarehouseBucket.AVAILABLE,
                        here,
                        new DocumentLine(
                                DocumentKind.OUTBOUND_ORDER,
                                outbound.order().outbound(),
                                Math.toIntExact(outbound.lost() + units))));
                after = after.lost(row.getKey(), here);
                left -= here;
            }
        }
        return new Locked(after, lack(outbound.order(), units, after.lost()));
    }

    /** A request to release units that dispatch has an answer of, under an id of its own: how many there were is lost. */
    public OutboundCancel cancel(long units) {
        return new OutboundCancel(
                order.warehouse(), order.outbound(), order.outbound() + "~R" + released, units, order.asker());
    }

    /** Whether a message tells of units that the shelf lacked when an outbound was locked again: nothing of the book. */
    public static boolean isLack(StockChanged changed) {
        return changed.sides().getFirst().sheet().isEmpty();
    }

    private long take(
            List<StockKey> keys, long units, TreeMap<Place, Long> rows, Book<StockKey, WarehouseBucket> book) {
        DocumentLine because = new DocumentLine(DocumentKind.OUTBOUND_ORDER, order.outbound(), 0);
        long taken = 0;
        for (StockKey key : keys) {
            long here = Math.min(units - taken, book.balance(key, WarehouseBucket.AVAILABLE));
            if (here > 0) {
                book.post(Movement.within(
                        Action.LOCK, key, WarehouseBucket.AVAILABLE, WarehouseBucket.LOCKED, here, because));
                rows.merge(new Place(key.batch(), key.location(), false), here, Long::sum);
                taken += here;
            }
        }
        return taken;
    }

    /** The line counts the outbound's lost units: each time that it lacks some is told once. */
    private static StockChanged lack(OutboundOrder order, long units, long lost) {
        return new StockChanged(
                order.warehouse(),
                new DocumentLine(DocumentKind.OUTBOUND_ORDER, order.outbound(), Math.toIntExact(lost)).toString(),
                List.of(new Side(order.cell(), units, 0, "")),
                List.of(new LostLock(order.outbound(), units)));
    }
}
