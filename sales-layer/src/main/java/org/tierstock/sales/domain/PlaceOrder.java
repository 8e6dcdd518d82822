package org.tierstock.sales.domain;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.tierstock.movements.Code;
import org.tierstock.movements.DocumentLine;
import org.tierstock.movements.InvalidValue;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Quantity;
import org.tierstock.movements.Sku;

/**
 * Asks for an order. Where it says nothing, the channel's default holds.
 *
 * @param deductionMode null: the channel's default
 * @param holdSeconds seconds after which the unpaid order expires; 0: the channel's default
 * @param deliveryMethod empty: the channel's default
 * @param shipRegion empty: the channel's default
 * @param buyer opaque; no personal data
 * @param addressReference opaque; no personal data
 * @param traceParent W3C trace context of the request, empty for none; not part of the content
 */
public record PlaceOrder(
        OrderNumber number,
        DeductionMode deductionMode,
        long holdSeconds,
        String deliveryMethod,
        String shipRegion,
        String buyer,
        String addressReference,
        List<Line> lines,
        String traceParent) {
    /** The most lines an order may have. */
    public static final int MAX_LINES = 2_000;

    private static final int UNNUMBERED = 0;

    /**
     * One line asked for.
     *
     * @param line the channel's line number, from 1; 0 while it has none
     * @param quantity whole units, at least 1
     */
    public record Line(int line, Sku sku, Quality quality, long quantity) {
        public Line {
            if (line != UNNUMBERED) {
                DocumentLine.lineNumber("line", line);
            }
            Objects.requireNonNull(sku, "sku");
            Objects.requireNonNull(quality, "quality");
            Quantity.positive("quantity", quantity);
        }
    }

    /**
     * Numbers the lines that carry 0 by their place in the list.
     *
     * @throws InvalidValue when the order has no line, too many, or two of one number, or a field is misspelt
     */
    public PlaceOrder {
        Objects.requireNonNull(number, "number");
        Channel.boundedHold(holdSeconds);
        if (!deliveryMethod.isEmpty()) {
            Code.of("deliveryMethod", deliveryMethod);
        }
        if (!shipRegion.isEmpty()) {
            Code.of("shipRegion", shipRegion);
        }
        Code.opaque("buyer", buyer);
        Code.opaque("addressReference", addressReference);
        lines = numbered(lines);
    }

    private static List<Line> numbered(List<Line> lines) {
        if (lines.isEmpty() || lines.size() > MAX_LINES) {
            throw new InvalidValue("lines", "must be 1 to " + MAX_LINES);
        }
        if (lines.size() == 1 && lines.getFirst().line() > 0) {
            return List.copyOf(lines);
        }
        List<Line> numbered = new ArrayList<>(lines.size());
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            Line next = line.line() > 0 ? line : new Line(i + 1, line.sku(), line.quality(), line.quantity());
            if (!seen.add(next.line())) {
                throw new InvalidValue("lines", "name line " + next.line() + " twice");
            }
            numbered.add(next);
        }
        return List.copyOf(numbered);
    }

    /** Differs when the same number is used for another content. */
    public long contentHash() {
        ContentHash hash = ContentHash.NOTHING
                .text(deductionMode == null ? "" : deductionMode.name())
                .number(holdSeconds)
                .text(deliveryMethod)
                .text(shipRegion)
                .text(buyer)
                .text(addressReference);
        for (Line line : lines) {
            hash = hash.number(line.line())
                    .text(line.sku().code())
                    .text(line.quality().name())
                    .number(line.quantity());
        }
        return hash.value();
    }
}
