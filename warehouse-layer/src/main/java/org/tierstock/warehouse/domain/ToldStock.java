package org.tierstock.warehouse.domain;

import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.tierstock.movements.Action;
import org.tierstock.movements.Book;
import org.tierstock.movements.Cell;
import org.tierstock.movements.ConservationBroken;
import org.tierstock.movements.DocumentKind;
import org.tierstock.movements.DocumentLine;
import org.tierstock.movements.Movement;
import org.tierstock.movements.protocol.ToDispatch.FromWarehouse;
import org.tierstock.movements.protocol.ToDispatch.GoodsReceived;
import org.tierstock.movements.protocol.ToDispatch.GoodsShipped;
import org.tierstock.movements.protocol.ToDispatch.Side;
import org.tierstock.movements.protocol.ToDispatch.StockChanged;

/** Moves again what dispatch was told of in a history that this database has lost (protocol 11.8). */
public final class ToldStock {
    private final Book<StockKey, WarehouseBucket> book;

    /** @param book of all rows of the head */
    public ToldStock(Book<StockKey, WarehouseBucket> book) {
        this.book = book;
    }

    /** The document line that a message tells of. */
    public static DocumentLine document(FromWarehouse message) {
        return switch (message) {
            case GoodsReceived received -> line(DocumentKind.PURCHASE_RECEIPT, received.receiptLine());
            case GoodsShipped shipped -> line(DocumentKind.SHIPMENT, shipped.shipmentLine());
            case StockChanged changed -> {
                String[] words = changed.documentLine().split(" ", 2);
                yield line(DocumentKind.valueOf(words[0]), words[1]);
            }
        };
    }

    private static DocumentLine line(DocumentKind kind, String text) {
        int slash = text.lastIndexOf('/');
        return slash < 0
                ? new DocumentLine(kind, text, 0)
                : new DocumentLine(kind, text.substring(0, slash), Integer.parseInt(text.substring(slash + 1)));
    }

    /** Takes received goods in. */
    public void receive(GoodsReceived received) {
        StockKey key = Shelf.parse(received.sheet()).key(received.cell());
        Receipt.enter(received, key, document(received), book);
    }

    /** What was found: EXTERNAL -> AVAILABLE or UNAVAILABLE. */
    public void gain(StockChanged changed) {
        if (LostOutbound.isLack(changed)) {
            return;
        }
        for (Side side : changed.sides()) {
            for (WarehouseBucket bucket : List.of(WarehouseBucket.AVAILABLE, WarehouseBucket.UNAVAILABLE)) {
                long units = units(side, bucket);
                if (units > 0) {
                    StockKey key = Shelf.parse(side.sheet()).key(side.cell());
                    book.open(key);
                    book.post(
                            Movement.within(
                                    Action.ADJUST, key, WarehouseBucket.EXTERNAL, bucket, units, document(changed)),
                            changed);
                }
            }
        }
    }

    /** What was lost of nobody's promise: from the shelf that the message names, or any other when it lies elsewhere now. */
    public void lose(StockChanged changed) {
        for (Side side : changed.sides()) {
            for (WarehouseBucket bucket : List.of(WarehouseBucket.AVAILABLE, WarehouseBucket.UNAVAILABLE)) {
                long missing = -units(side, bucket);
                if (missing > 0) {
                    lose(changed, side, bucket, missing);
                }
            }
        }
    }

    private void lose(StockChanged changed, Side side, WarehouseBucket bucket, long units) {
        StockKey named = Shelf.parse(side.sheet()).key(side.cell());
        long missing = units;
        for (StockKey key :
                Stream.concat(Stream.of(named), rowsOf(side.cell())).distinct().toList()) {
            long here = Math.min(missing, book.balance(key, bucket));
            if (here > 0) {
                book.post(
                        Movement.within(Action.ADJUST, key, bucket, WarehouseBucket.EXTERNAL, here, document(changed)),
                        changed);
                missing -= here;
            }
        }
        if (missing > 0) {
            throw new ConservationBroken(
                    missing + " units that " + changed.documentLine() + " did not find were never in " + side.cell());
        }
    }

    /** Units of a cell that nobody was promised. */
    public long available(Cell cell) {
        return rowsOf(cell)
                .mapToLong(key -> book.balance(key, WarehouseBucket.AVAILABLE))
                .sum();
    }

    private Stream<StockKey> rowsOf(Cell cell) {
        return StreamSupport.stream(book.keys().spliterator(), false)
                .filter(key -> key.cell().equals(cell))
                .sorted();
    }

    private static long units(Side side, WarehouseBucket bucket) {
        return bucket == WarehouseBucket.AVAILABLE ? side.available() : side.unavailable();
    }
}
