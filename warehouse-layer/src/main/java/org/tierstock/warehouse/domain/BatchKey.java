package org.tierstock.warehouse.domain;

import java.util.Objects;
import org.tierstock.movements.Code;
import org.tierstock.movements.Sku;

/** A batch (批次) of one owner's goods in one warehouse. */
public record BatchKey(String warehouse, String owner, Sku sku, String batch) {
    public BatchKey {
        Code.of("warehouse", warehouse);
        Code.of("owner", owner);
        Objects.requireNonNull(sku, "sku");
        Code.of("batch", batch);
    }
}
