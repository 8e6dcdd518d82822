package org.tierstock.warehouse.domain;

import java.util.Objects;
import org.tierstock.movements.InvalidValue;
import org.tierstock.movements.Sku;

/**
 * What the warehouse must know of a SKU.
 *
 * @param unitsPerCase how many units a purchased case holds, at least 1 (S53)
 * @param shelfLifeDays from receipt to expiry when a receipt names no date; null when the goods do not expire
 */
public record Article(Sku sku, String name, int unitsPerCase, Integer shelfLifeDays) {
    private static final int MAX_UNITS_PER_CASE = 1_000_000;
    private static final int MAX_SHELF_LIFE_DAYS = 36_500;

    public Article {
        Objects.requireNonNull(sku, "sku");
        Names.of("name", name);
        if (unitsPerCase < 1 || unitsPerCase > MAX_UNITS_PER_CASE) {
            throw new InvalidValue("unitsPerCase", "must be 1 to " + MAX_UNITS_PER_CASE);
        }
        if (shelfLifeDays != null && (shelfLifeDays < 1 || shelfLifeDays > MAX_SHELF_LIFE_DAYS)) {
            throw new InvalidValue("shelfLifeDays", "must be 1 to " + MAX_SHELF_LIFE_DAYS);
        }
    }
}
