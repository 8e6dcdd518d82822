package org.tierstock.warehouse.domain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tierstock.movements.Action;
import org.tierstock.movements.Book;
import org.tierstock.movements.Code;
import org.tierstock.movements.DocumentKind;
import org.tierstock.movements.DocumentLine;
import org.tierstock.movements.InvalidValue;
import org.tierstock.movements.Movement;
import org.tierstock.movements.Quantity;

/**
 * 拣货: goods of one outbound are carried from their shelves to staging, where they wait for their shipment.
 *
 * @param number the warehouse system's number, the idempotency key
 * @param staging the location to which they are carried
 * @param lines each names another place
 */
public record Pick(String number, String outbound, String staging, List<Line> lines) {
    /** The most lines of one pick. */
    public static final int MAX_LINES = 1_000;

    public Pick {
        Code.number("pickNumber", number);
        Code.number("outbound", outbound);
        Code.of("staging", staging);
        lines = List.copyOf(lines);
        if (lines.isEmpty() || lines.size() > MAX_LINES) {
            throw new InvalidValue("lines", "must be 1 to " + MAX_LINES);
        }
        Set<String> places = new HashSet<>();
        for (Line line : lines) {
            if (!places.add(line.batch() + '/' + line.location())) {
                throw new InvalidValue("lines", "name the same batch and location twice");
            }
        }
    }

    /**
     * What the picker was to take from a place, and what was there.
     *
     * @param asked whole units, at least 1
     * @param found whole units, 0 to asked; fewer than asked means that nothing is left there
     */
    public record Line(String location, String batch, long asked, long found) {
        public Line {
            Code.of("location", location);
            Code.of("batch", batch);
            Quantity.positive("asked", asked);
            Quantity.notNegative("found", found);
            if (found > asked) {
                throw new InvalidValue("found", "must not be more than asked");
            }
        }

        private boolean isShort() {
            return found < asked;
        }

        private Place place() {
            return new Place(batch, location, false);
        }
    }

    /** The stock rows of this outbound's goods that the pick found empty. */
    public List<StockKey> emptied(Outbound outbound) {
        return lines.stream()
                .filter(Line::isShort)
                .map(line -> outbound.key(line.place()))
                .toList();
    }

    /**
     * Moves what was found, LOCKED at its place -> LOCKED at staging. A short pick counts its place as empty (protocol
     * 11.5): the rest booked there is lost, whoever it was promised to, in one message a place.
     *
     * @param outbound the outbound that is picked
     * @param holders at least all outbounds that hold a lock on one of the places, this one included
     * @param told what dispatch had been told of the pick in a lost history: such places are not counted as empty again
     */
    public Decided<PickOutcome> decide(
            Outbound outbound, Collection<Outbound> holders, Told told, Book<StockKey, WarehouseBucket> book) {
        List<PickOutcome.NotLocked.Line> refused = new ArrayList<>();
        for (Line line : told.isEmpty() ? lines : List.<Line>of()) {
            long locked = outbound.lockedAt(line.place());
            if (locked < line.asked()) {
                refused.add(new PickOutcome.NotLocked.Line(line.location(), line.batch(), line.asked(), locked));
            }
        }
        if (!refused.isEmpty()) {
            return Decided.refused(new PickOutcome.NotLocked(refused));
        }
        Map<String, Outbound> changed = new LinkedHashMap<>();
        holders.forEach(holder -> changed.put(holder.order().outbound(), holder));
        List<PickedGoods.Line> picked = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            DocumentLine because = new DocumentLine(DocumentKind.PICK, number, i + 1);
            changed.compute(this.outbound, (id, before) -> carry(line, before, because, book));
            long lost = 0;
            if (told.of(i + 1)) {
                lost = -told.difference(i + 1);
            } else if (line.isShort()) {
                StockKey key = outbound.key(line.place());
                lost = book.balance(key, WarehouseBucket.AVAILABLE) + book.balance(key, WarehouseBucket.LOCKED);
                Loss.post(key, lost, changed.values(), because, book)
                        .outbounds()
                        .forEach(loser -> changed.put(loser.order().outbound(), loser));
            }
            picked.add(new PickedGoods.Line(line, lost));
        }
        changed.values().removeAll(Set.copyOf(holders));
        return new Decided<>(
                new PickOutcome.Picked(new PickedGoods(this, picked), false), List.copyOf(changed.values()));
    }

    private Outbound carry(Line line, Outbound outbound, DocumentLine because, Book<StockKey, WarehouseBucket> book) {
        // Less than was found is locked there only when the pick is of a lost history.
        long units = Math.min(line.found(), outbound.lockedAt(line.place()));
        if (units == 0) {
            return outbound;
        }
        Place target = new Place(line.batch(), staging, true);
        StockKey to = outbound.key(target);
        book.open(to);
        book.post(new Movement<>(
                Action.LOCK,
                outbound.key(line.place()),
                WarehouseBucket.LOCKED,
                to,
                WarehouseBucket.LOCKED,
                units,
                because));
        return outbound.staged(line.place(), target, units);
    }
}
