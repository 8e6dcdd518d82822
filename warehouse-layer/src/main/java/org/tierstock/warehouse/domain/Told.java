package org.tierstock.warehouse.domain;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.tierstock.movements.protocol.ToDispatch.FromWarehouse;
import org.tierstock.movements.protocol.ToDispatch.GoodsReceived;
import org.tierstock.movements.protocol.ToDispatch.GoodsShipped;
import org.tierstock.movements.protocol.ToDispatch.LostLock;
import org.tierstock.movements.protocol.ToDispatch.StockChanged;

/**
 * What dispatch had been told of one document in a history that this database has lost (protocol 11.8). Its goods have been
 * moved again; the document itself is known only when it is sent again, and then moves the rest.
 *
 * @param lines the messages by the document's lines
 */
public record Told(Map<Integer, FromWarehouse> lines) {
    /** Of a document that is not lost, or never was told of. */
    public static final Told NOTHING = new Told(Map.of());

    public Told {
        lines = Map.copyOf(lines);
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** Whether the goods of a line have been moved again. */
    boolean of(int line) {
        return lines.containsKey(line);
    }

    /** Whether the goods of all these lines have been. */
    boolean ofAll(Collection<Integer> numbers) {
        return lines.keySet().containsAll(numbers);
    }

    /** Whether a line would tell now what it told then; the batch's expiry may have been derived another day. */
    boolean agrees(int line, GoodsReceived now) {
        return !(lines.get(line) instanceof GoodsReceived then)
                || then.cell().equals(now.cell())
                        && then.good() == now.good()
                        && then.bad() == now.bad()
                        && samePlace(then.sheet(), now.sheet());
    }

    /** Whether a line is about the stock that it told of then. */
    boolean agrees(int line, StockKey key) {
        return !(lines.get(line) instanceof StockChanged then)
                || then.cells().getFirst().equals(key.cell())
                        && samePlace(
                                then.sides().getFirst().sheet(), Shelf.of(key).sheet());
    }

    private static boolean samePlace(String then, String now) {
        Shelf before = Shelf.parse(then);
        Shelf after = Shelf.parse(now);
        return Objects.equals(before.batch(), after.batch()) && Objects.equals(before.location(), after.location());
    }

    /** The shipment of a line. */
    GoodsShipped shipped(int line) {
        return (GoodsShipped) lines.get(line);
    }

    /** Units that a line's stock gained, or lost when negative; 0 when it told nothing. */
    long difference(int line) {
        return lines.get(line) instanceof StockChanged changed
                ? changed.sides().getFirst().available() - locksLost(line)
                : 0;
    }

    /** Units that a line took out of locks. */
    long locksLost(int line) {
        return lines.get(line) instanceof StockChanged changed
                ? changed.lostLocks().stream().mapToLong(LostLock::quantity).sum()
                : 0;
    }
}
