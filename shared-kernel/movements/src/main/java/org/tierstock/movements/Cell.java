package org.tierstock.movements;

import java.util.Comparator;
import java.util.Objects;

/** A node key with its SKU: the grain at which the dispatch and the warehouse layer must agree (S18). */
public record Cell(NodeKey node, Sku sku) implements Comparable<Cell> {
    private static final Comparator<Cell> ORDER =
            Comparator.comparing(Cell::sku).thenComparing(Cell::node);

    public Cell {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(sku, "sku");
    }

    /** The text form: node/virtualWarehouse/owner/quality/sku. */
    public String text() {
        return node.text() + '/' + sku.code();
    }

    /**
     * The cell of that text form.
     *
     * @throws InvalidValue when it is none
     */
    public static Cell parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 5) {
            throw new InvalidValue("cell", "must be node/virtualWarehouse/owner/quality/sku");
        }
        return new Cell(new NodeKey(parts[0], parts[1], parts[2], Quality.named(parts[3])), new Sku(parts[4]));
    }

    @Override
    public int compareTo(Cell other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return text();
    }
}
