package org.tierstock.warehouse.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.tierstock.movements.Action;
import org.tierstock.movements.Book;
import org.tierstock.movements.Code;
import org.tierstock.movements.DocumentKind;
import org.tierstock.movements.DocumentLine;
import org.tierstock.movements.InvalidValue;
import org.tierstock.movements.Movement;
import org.tierstock.movements.Quantity;
import org.tierstock.movements.protocol.ToDispatch.GoodsReceived;
import org.tierstock.movements.protocol.ToDispatch.ReceiptCause;

/**
 * 采购入库单: goods arrived (S49, S104).
 *
 * @param number the warehouse system's number, the idempotency key
 * @param lines each with its own number
 */
public record Receipt(String number, ReceiptCause cause, String warehouse, List<Line> lines) {
    /** The most lines of one receipt. */
    public static final int MAX_LINES = 10_000;

    public Receipt {
        Code.number("receiptNumber", number);
        Objects.requireNonNull(cause, "kind");
        Code.of("warehouse", warehouse);
        lines = List.copyOf(lines);
        if (lines.isEmpty() || lines.size() > MAX_LINES) {
            throw new InvalidValue("lines", "must be 1 to " + MAX_LINES);
        }
        Set<Integer> numbers = new HashSet<>();
        for (Line line : lines) {
            if (!line.key().warehouse().equals(warehouse)) {
                throw new InvalidValue("warehouse", "must be the same in all lines");
            }
            if (!numbers.add(line.line())) {
                throw new InvalidValue("lines", "name line " + line.line() + " twice");
            }
        }
    }

    /**
     * Goods of one batch that go to one location.
     *
     * @param line from 1
     * @param expiresOn the batch's expiry; null to leave it to the batch as it is known, or to the SKU's shelf life
     * @param cases good cases, converted to units by the SKU's pack size (S53)
     * @param units good units beside the cases
     * @param badUnits units found bad, beside the good ones
     */
    public record Line(int line, StockKey key, LocalDate expiresOn, long cases, long units, long badUnits) {
        public Line {
            DocumentLine.lineNumber("line", line);
            Objects.requireNonNull(key, "key");
            Quantity.notNegative("cases", cases);
            Quantity.notNegative("units", units);
            Quantity.notNegative("badUnits", badUnits);
            if (cases == 0 && units == 0 && badUnits == 0) {
                throw new InvalidValue("units", "and cases and badUnits are all zero");
            }
        }

        private long good(Masters masters) {
            return cases * masters.article(key.sku()).unitsPerCase() + units;
        }
    }

    /**
     * EXTERNAL -> AVAILABLE for good units, UNAVAILABLE for bad ones, one message a line; all lines or none.
     *
     * @param known the batches that these goods' heads have already
     * @param told the lines whose goods are in the book already, since dispatch had been told of them
     * @param receivedAt the database's time
     */
    public ReceiveOutcome decide(
            Masters masters,
            Map<BatchKey, Batch> known,
            Told told,
            Instant receivedAt,
            Book<StockKey, WarehouseBucket> book) {
        Map<BatchKey, Batch> batches = new HashMap<>(known);
        List<LineFault> faults = faults(masters, receivedAt, batches);
        if (!faults.isEmpty()) {
            return new ReceiveOutcome.Unacceptable(faults);
        }
        if (!lines.stream().allMatch(line -> told.agrees(line.line(), message(line, batches, line.good(masters))))) {
            return new ReceiveOutcome.DocumentReused();
        }
        List<ReceivedGoods.Line> received = new ArrayList<>();
        for (Line line : lines) {
            long good = line.good(masters);
            if (!told.of(line.line())) {
                post(line, message(line, batches, good), book);
            }
            received.add(new ReceivedGoods.Line(line, good));
        }
        batches.keySet().removeAll(known.keySet());
        return new ReceiveOutcome.Received(
                new ReceivedGoods(this, received, receivedAt),
                List.copyOf(batches.values()),
                told.ofAll(lines.stream().map(Line::line).toList()));
    }

    private List<LineFault> faults(Masters masters, Instant receivedAt, Map<BatchKey, Batch> all) {
        List<LineFault> faults = new ArrayList<>();
        for (Line line : lines) {
            List<LineFault> unknown = masters.unknown(line.line(), line.key());
            faults.addAll(unknown);
            if (!unknown.isEmpty()) {
                continue;
            }
            if (masters.isStaging(line.key())) {
                faults.add(fault(
                        line,
                        LineFault.Reason.STAGING_LOCATION,
                        "location",
                        line.key().location()));
            }
            if (line.good(masters) > Quantity.MAX) {
                faults.add(fault(line, LineFault.Reason.TOO_MANY_UNITS, "cases", Long.toString(line.cases())));
            }
            BatchKey key = line.key().batchKey();
            Batch batch = all.get(key);
            if (batch == null) {
                batch = new Batch(key, expiry(line, masters, receivedAt), receivedAt);
                all.put(key, batch);
            } else if (line.expiresOn() != null && !line.expiresOn().equals(batch.expiresOn())) {
                faults.add(fault(
                        line,
                        LineFault.Reason.BATCH_EXPIRY_DIFFERS,
                        "expiresOn",
                        line.expiresOn().toString()));
            }
        }
        return faults;
    }

    private static LocalDate expiry(Line line, Masters masters, Instant receivedAt) {
        Integer shelfLifeDays = masters.article(line.key().sku()).shelfLifeDays();
        if (line.expiresOn() != null || shelfLifeDays == null) {
            return line.expiresOn();
        }
        return LocalDate.ofInstant(receivedAt, ZoneOffset.UTC).plusDays(shelfLifeDays);
    }

    private GoodsReceived message(Line line, Map<BatchKey, Batch> batches, long good) {
        StockKey key = line.key();
        Shelf shelf = new Shelf(
                key.batch(), key.location(), batches.get(key.batchKey()).expiresOn());
        return new GoodsReceived(
                warehouse, number + '/' + line.line(), key.cell(), good, line.badUnits(), cause, shelf.sheet());
    }

    private void post(Line line, GoodsReceived message, Book<StockKey, WarehouseBucket> book) {
        enter(message, line.key(), new DocumentLine(DocumentKind.PURCHASE_RECEIPT, number, line.line()), book);
    }

    /** Takes the goods of a message in. */
    static void enter(GoodsReceived message, StockKey key, DocumentLine because, Book<StockKey, WarehouseBucket> book) {
        book.open(key);
        enter(key, WarehouseBucket.AVAILABLE, message.good(), because, message, book);
        enter(key, WarehouseBucket.UNAVAILABLE, message.bad(), because, message, book);
    }

    private static void enter(
            StockKey key,
            WarehouseBucket bucket,
            long units,
            DocumentLine because,
            GoodsReceived message,
            Book<StockKey, WarehouseBucket> book) {
        if (units > 0) {
            book.post(Movement.within(Action.INCREASE, key, WarehouseBucket.EXTERNAL, bucket, units, because), message);
        }
    }

    private static LineFault fault(Line line, LineFault.Reason reason, String field, String value) {
        return new LineFault(line.line(), reason, field, value);
    }
}
