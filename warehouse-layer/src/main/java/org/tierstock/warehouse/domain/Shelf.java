package org.tierstock.warehouse.domain;

import java.time.LocalDate;
import java.util.Objects;
import org.tierstock.movements.Cell;
import org.tierstock.movements.Code;
import org.tierstock.movements.InvalidValue;

/**
 * Where goods of a message lie or lay. Dispatch keeps it as the message's sheet and does not read it; were this database set
 * back to a backup, it would be told again (protocol 11.8).
 *
 * @param expiresOn the batch's expiry; null when it does not expire, or the message does not say
 */
public record Shelf(String batch, String location, LocalDate expiresOn) {
    public Shelf {
        Code.of("batch", batch);
        Code.of("location", location);
    }

    static Shelf of(StockKey key) {
        return new Shelf(key.batch(), key.location(), null);
    }

    /**
     * The shelf of a message's sheet.
     *
     * @throws InvalidValue when it is none
     */
    public static Shelf parse(String sheet) {
        String[] parts = Objects.requireNonNullElse(sheet, "").split("/");
        if (parts.length < 2) {
            throw new InvalidValue("sheet", "must be batch/location or batch/location/expiry");
        }
        return new Shelf(parts[0], parts[1], parts.length == 2 ? null : LocalDate.parse(parts[2]));
    }

    /** The text form: batch/location, or batch/location/expiry. */
    public String sheet() {
        return batch + '/' + location + (expiresOn == null ? "" : "/" + expiresOn);
    }

    /** The stock row of a cell's goods there. */
    public StockKey key(Cell cell) {
        return StockKey.at(cell, new Place(batch, location, false));
    }
}
