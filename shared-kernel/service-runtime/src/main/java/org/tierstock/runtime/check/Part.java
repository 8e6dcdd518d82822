package org.tierstock.runtime.check;

import java.util.Optional;
import org.tierstock.movements.Code;

/**
 * What of the books a run compares.
 *
 * @param warehouse null for all
 * @param sku null for all
 */
public record Part(String warehouse, String sku) {
    /** Everything. */
    public static final Part WHOLE = new Part(null, null);

    /**
     * The part that a caller names.
     *
     * @throws org.tierstock.movements.InvalidValue when one of them is no code
     */
    public static Part parse(String warehouse, String sku) {
        return new Part(
                warehouse == null ? null : Code.of("warehouse", warehouse), sku == null ? null : Code.of("sku", sku));
    }

    /** The only SKU, if there is one. */
    public Optional<String> onlySku() {
        return Optional.ofNullable(sku);
    }
}
