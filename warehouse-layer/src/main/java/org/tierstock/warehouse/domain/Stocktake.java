package org.tierstock.warehouse.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.tierstock.movements.Action;
import org.tierstock.movements.Book;
import org.tierstock.movements.Cell;
import org.tierstock.movements.Code;
import org.tierstock.movements.DocumentKind;
import org.tierstock.movements.DocumentLine;
import org.tierstock.movements.InvalidValue;
import org.tierstock.movements.Movement;
import org.tierstock.movements.Quantity;
import org.tierstock.movements.protocol.ToDispatch.Side;
import org.tierstock.movements.protocol.ToDispatch.StockChanged;

/**
 * 盘点单: somebody counted what lies on the shelves (S110).
 *
 * @param number the warehouse system's number, the idempotency key
 * @param lines each with its own number and stock key
 */
public record Stocktake(String number, String warehouse, List<Line> lines) {
    /** The most lines of one stocktake. */
    public static final int MAX_LINES = 10_000;

    public Stocktake {
        Code.number("stocktakeNumber", number);
        Code.of("warehouse", warehouse);
        lines = List.copyOf(lines);
        if (lines.isEmpty() || lines.size() > MAX_LINES) {
            throw new InvalidValue("lines", "must be 1 to " + MAX_LINES);
        }
        Set<Integer> numbers = new HashSet<>();
        Set<StockKey> keys = new HashSet<>();
        for (Line line : lines) {
            if (!line.key().warehouse().equals(warehouse)) {
                throw new InvalidValue("warehouse", "must be the same in all lines");
            }
            if (!numbers.add(line.line()) || !keys.add(line.key())) {
                throw new InvalidValue("lines", "name line " + line.line() + " or its stock twice");
            }
        }
    }

    /**
     * What was counted of one stock row.
     *
     * @param line from 1
     * @param counted good units found, promised or not; bad ones (UNAVAILABLE) are not counted here
     */
    public record Line(int line, StockKey key, long counted) {
        public Line {
            DocumentLine.lineNumber("line", line);
            Objects.requireNonNull(key, "key");
            Quantity.notNegative("counted", counted);
        }
    }

    /**
     * Makes the book what was counted. A gain is EXTERNAL -> AVAILABLE; a loss takes AVAILABLE first, then locks, naming
     * their outbounds. One message a line that differs; all lines or none. At staging nothing can be gained.
     *
     * @param holders at least all outbounds that hold a lock on a counted row
     * @param known the batches that these goods' heads have already
     * @param countedAt the database's time; a batch that nobody knew is received then
     */
    public Decided<CountOutcome> decide(
            Masters masters,
            Collection<Outbound> holders,
            Map<BatchKey, Batch> known,
            Instant countedAt,
            Book<StockKey, WarehouseBucket> book) {
        List<LineFault> faults = faults(masters, book);
        if (!faults.isEmpty()) {
            return Decided.refused(new CountOutcome.Unacceptable(faults));
        }
        Map<String, Outbound> changed = new LinkedHashMap<>();
        Map<Cell, List<String>> holdersOf = new HashMap<>();
        for (Outbound holder : holders) {
            changed.put(holder.order().outbound(), holder);
            holdersOf
                    .computeIfAbsent(holder.order().cell(), cell -> new ArrayList<>())
                    .add(holder.order().outbound());
        }
        Map<BatchKey, Batch> found = new LinkedHashMap<>();
        List<CountedStock.Line> counted = new ArrayList<>();
        for (Line line : lines) {
            DocumentLine because = new DocumentLine(DocumentKind.STOCKTAKE, number, line.line());
            long booked = booked(line, book);
            long locksLost = 0;
            if (line.counted() > booked) {
                gain(line, line.counted() - booked, because, book);
                BatchKey batch = line.key().batchKey();
                if (!known.containsKey(batch)) {
                    found.putIfAbsent(batch, new Batch(batch, null, countedAt));
                }
            } else if (line.counted() < booked) {
                List<Outbound> here = holdersOf.getOrDefault(line.key().cell(), List.of()).stream()
                        .map(changed::get)
                        .toList();
                Loss loss = Loss.post(line.key(), booked - line.counted(), here, because, book);
                loss.outbounds().forEach(loser -> changed.put(loser.order().outbound(), loser));
                locksLost = loss.locks();
            }
            counted.add(new CountedStock.Line(line, booked, locksLost));
        }
        changed.values().removeAll(Set.copyOf(holders));
        return new Decided<>(
                new CountOutcome.Counted(
                        new CountedStock(this, counted, countedAt), List.copyOf(found.values()), false),
                List.copyOf(changed.values()));
    }

    /**
     * The answer when dispatch had been told of the count in a lost history: what differed then, and nothing is counted
     * again, since the goods have moved on. A line of which nothing was told did not differ.
     *
     * @param told at least one line
     */
    public CountOutcome again(Told told, Instant countedAt) {
        List<CountedStock.Line> counted = new ArrayList<>();
        for (Line line : lines) {
            long booked = line.counted() - told.difference(line.line());
            if (booked < 0 || !told.agrees(line.line(), line.key())) {
                return new CountOutcome.DocumentReused();
            }
            counted.add(new CountedStock.Line(line, booked, told.locksLost(line.line())));
        }
        return new CountOutcome.Counted(new CountedStock(this, counted, countedAt), List.of(), true);
    }

    private List<LineFault> faults(Masters masters, Book<StockKey, WarehouseBucket> book) {
        List<LineFault> faults = new ArrayList<>();
        for (Line line : lines) {
            List<LineFault> unknown = masters.unknown(line.line(), line.key());
            faults.addAll(unknown);
            if (unknown.isEmpty() && masters.isStaging(line.key()) && line.counted() > booked(line, book)) {
                faults.add(new LineFault(
                        line.line(),
                        LineFault.Reason.STAGING_LOCATION,
                        "location",
                        line.key().location()));
            }
        }
        return faults;
    }

    private static long booked(Line line, Book<StockKey, WarehouseBucket> book) {
        return book.balance(line.key(), WarehouseBucket.AVAILABLE) + book.balance(line.key(), WarehouseBucket.LOCKED);
    }

    private void gain(Line line, long units, DocumentLine because, Book<StockKey, WarehouseBucket> book) {
        book.open(line.key());
        book.post(
                Movement.within(
                        Action.ADJUST, line.key(), WarehouseBucket.EXTERNAL, WarehouseBucket.AVAILABLE, units, because),
                new StockChanged(
                        warehouse,
                        because.toString(),
                        List.of(new Side(
                                line.key().cell(),
                                units,
                                0,
                                Shelf.of(line.key()).sheet())),
                        List.of()));
    }
}
