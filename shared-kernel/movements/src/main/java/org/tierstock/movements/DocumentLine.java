package org.tierstock.movements;

import java.util.Objects;

/**
 * The reason of a movement: one line of one document (S27).
 *
 * @param number the document's number, unique for its kind within a layer
 * @param line from 1; 0 when the document has a single, unnumbered line
 */
public record DocumentLine(DocumentKind kind, String number, int line) {
    /** The highest number that a line of a document may carry. */
    public static final int MAX_LINE = 1_000_000;

    public DocumentLine {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(number, "number");
        if (number.isEmpty() || line < 0) {
            throw new IllegalArgumentException("Not a document line: " + kind + " " + number + " " + line);
        }
    }

    /**
     * The line number itself, when a document's line may carry it.
     *
     * @throws InvalidValue when it is below 1 or above {@link #MAX_LINE}
     */
    public static int lineNumber(String field, int line) {
        if (line < 1 || line > MAX_LINE) {
            throw new InvalidValue(field, "must be a whole number from 1 to " + MAX_LINE + ", not " + line);
        }
        return line;
    }

    @Override
    public String toString() {
        return kind + " " + number + (line == 0 ? "" : "/" + line);
    }
}
