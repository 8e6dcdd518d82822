package org.tierstock.movements;

import java.util.Objects;

/**
 * The reason of a movement: one line of one document (S27).
 *
 * @param number the document's number, unique for its kind within a layer
 * @param line from 1; 0 when the document has a single, unnumbered line
 */
public record DocumentLine(DocumentKind kind, String number, int line) {
    public DocumentLine {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(number, "number");
        if (number.isEmpty() || line < 0) {
            throw new IllegalArgumentException("Not a document line: " + kind + " " + number + " " + line);
        }
    }

    @Override
    public String toString() {
        return kind + " " + number + (line == 0 ? "" : "/" + line);
    }
}
