package org.tierstock.dispatch.domain;

import java.util.Comparator;
import java.util.Objects;
import org.tierstock.movements.DocumentKind;
import org.tierstock.movements.DocumentLine;

/**
 * One line of a dispatch order (发货单).
 *
 * @param order the sales layer's order number
 */
public record LineNumber(String order, int line) implements Comparable<LineNumber> {
    private static final Comparator<LineNumber> ORDER =
            Comparator.comparing(LineNumber::order).thenComparingInt(LineNumber::line);

    public LineNumber {
        Objects.requireNonNull(order, "order");
    }

    /** The line as the reason of a movement. */
    public DocumentLine as(DocumentKind kind) {
        return new DocumentLine(kind, order, line);
    }

    @Override
    public int compareTo(LineNumber other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return order + '/' + line;
    }
}
