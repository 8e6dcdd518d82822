package org.tierstock.warehouse.domain;

import java.util.Comparator;
import java.util.Objects;
import org.tierstock.movements.Code;
import org.tierstock.movements.Sku;

/**
 * What a posting locks before it reads any row: all stock of one SKU in one warehouse. Earliest expiry is not key order,
 * so rows cannot be locked one by one in key order.
 */
public record StockHead(String warehouse, Sku sku) implements Comparable<StockHead> {
    private static final Comparator<StockHead> ORDER =
            Comparator.comparing(StockHead::warehouse).thenComparing(StockHead::sku);

    public StockHead {
        Code.of("warehouse", warehouse);
        Objects.requireNonNull(sku, "sku");
    }

    @Override
    public int compareTo(StockHead other) {
        return ORDER.compare(this, other);
    }
}
