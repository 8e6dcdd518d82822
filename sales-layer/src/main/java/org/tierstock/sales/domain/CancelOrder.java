package org.tierstock.sales.domain;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.tierstock.movements.Code;
import org.tierstock.movements.DocumentLine;
import org.tierstock.movements.InvalidValue;
import org.tierstock.movements.Quantity;

/**
 * Asks for quantities of an order back (S31, S118). The cancellation's number is unique for the order's channel and makes
 * it idempotent.
 *
 * @param lines empty: everything that is left of every line
 */
public record CancelOrder(OrderNumber order, String cancellationNumber, String reasonCode, List<Line> lines) {
    /**
     * What is asked of one line.
     *
     * @param quantity whole units, at least 1
     */
    public record Line(int line, long quantity) {
        public Line {
            DocumentLine.lineNumber("line", line);
            Quantity.positive("quantity", quantity);
        }
    }

    /**
     * @throws InvalidValue when a line is named twice, there are too many, or a field is misspelt
     */
    public CancelOrder {
        Objects.requireNonNull(order, "order");
        Code.of("cancellationNumber", cancellationNumber);
        Code.of("reasonCode", reasonCode);
        lines = List.copyOf(lines);
        if (lines.size() > PlaceOrder.MAX_LINES) {
            throw new InvalidValue("lines", "must be at most " + PlaceOrder.MAX_LINES);
        }
        Set<Integer> seen = new HashSet<>();
        for (Line line : lines) {
            if (!seen.add(line.line())) {
                throw new InvalidValue("lines", "name line " + line.line() + " twice");
            }
        }
    }

    /** The cancellation's number across channels: channel:cancellationNumber. */
    public String document() {
        return order.channel() + ':' + cancellationNumber;
    }

    /** Differs when the same number is used for another content. */
    public long contentHash() {
        ContentHash hash = ContentHash.NOTHING.text(order.text()).text(reasonCode);
        for (Line line : lines) {
            hash = hash.number(line.line()).number(line.quantity());
        }
        return hash.value();
    }
}
