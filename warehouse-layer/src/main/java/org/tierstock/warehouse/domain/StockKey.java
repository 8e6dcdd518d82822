package org.tierstock.warehouse.domain;

import java.util.Comparator;
import java.util.Objects;
import org.tierstock.movements.Cell;
import org.tierstock.movements.Code;
import org.tierstock.movements.NodeKey;
import org.tierstock.movements.Quality;
import org.tierstock.movements.Sku;

/** The warehouse layer's stock key (S21): which goods, whose, in what condition, and on which shelf. */
public record StockKey(
        String warehouse,
        String virtualWarehouse,
        String owner,
        Sku sku,
        String batch,
        Quality quality,
        String location)
        implements Comparable<StockKey> {
    private static final Comparator<StockKey> ORDER = Comparator.comparing(StockKey::warehouse)
            .thenComparing(StockKey::sku)
            .thenComparing(StockKey::virtualWarehouse)
            .thenComparing(StockKey::owner)
            .thenComparing(StockKey::quality)
            .thenComparing(StockKey::batch)
            .thenComparing(StockKey::location);

    public StockKey {
        Code.of("warehouse", warehouse);
        Code.of("virtualWarehouse", virtualWarehouse);
        Code.of("owner", owner);
        Objects.requireNonNull(sku, "sku");
        Code.of("batch", batch);
        Objects.requireNonNull(quality, "quality");
        Code.of("location", location);
    }

    /** The key of the goods of a cell at a place. */
    public static StockKey at(Cell cell, Place place) {
        NodeKey node = cell.node();
        return new StockKey(
                node.node(),
                node.virtualWarehouse(),
                node.owner(),
                cell.sku(),
                place.batch(),
                node.quality(),
                place.location());
    }

    /** The grain at which the dispatch layer books these goods; its node is this warehouse. */
    public Cell cell() {
        return new Cell(new NodeKey(warehouse, virtualWarehouse, owner, quality), sku);
    }

    /** What must be locked before this key's balances are read. */
    public StockHead head() {
        return new StockHead(warehouse, sku);
    }

    /** The batch that the goods belong to. */
    public BatchKey batchKey() {
        return new BatchKey(warehouse, owner, sku, batch);
    }

    /** The text form: warehouse/virtualWarehouse/owner/sku/batch/quality/location. */
    public String text() {
        return String.join("/", warehouse, virtualWarehouse, owner, sku.code(), batch, quality.name(), location);
    }

    @Override
    public int compareTo(StockKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return text();
    }
}
