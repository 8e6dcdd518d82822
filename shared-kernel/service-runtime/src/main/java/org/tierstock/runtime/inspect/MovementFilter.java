package org.tierstock.runtime.inspect;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.tierstock.movements.Code;
import org.tierstock.movements.InvalidValue;

/**
 * Which movements are asked for.
 *
 * @param sku null for all
 * @param document a document's number; null for all
 * @param from the first instant; null for the beginning, or for an hour ago when neither SKU nor document is named
 * @param to the first instant after the last; null for no end
 */
record MovementFilter(String sku, String document, Instant from, Instant to) {

    /**
     * The filter that a caller names.
     *
     * @throws InvalidValue when one of the values makes no sense
     */
    static MovementFilter parse(String sku, String document, String from, String to) {
        return new MovementFilter(
                sku == null ? null : Code.of("sku", sku),
                document == null ? null : Code.number("document", document),
                instant("from", from),
                instant("to", to));
    }

    /** True when neither SKU nor document narrows it: then it begins an hour ago, unless it says when. */
    boolean ofAll() {
        return sku == null && document == null;
    }

    /** An instant that a caller names; null when none is. */
    static Instant instant(String field, String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new InvalidValue(field, "must be an instant like 2026-01-31T12:00:00Z");
        }
    }
}
