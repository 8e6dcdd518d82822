package org.tierstock.warehouse.domain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tierstock.movements.Sku;

/** The master records that a batch of documents names, as far as they exist. */
public record Masters(
        Set<String> warehouses,
        Set<String> owners,
        Map<Sku, Article> articles,
        Map<LocationCode, Location.Kind> locations) {
    public Masters {
        warehouses = Set.copyOf(warehouses);
        owners = Set.copyOf(owners);
        articles = Map.copyOf(articles);
        locations = Map.copyOf(locations);
    }

    /** A location's code in its warehouse. */
    public record LocationCode(String warehouse, String location) {}

    /** The article of a SKU. */
    Article article(Sku sku) {
        return articles.get(sku);
    }

    /** True when the key's location is one where picked goods wait. */
    boolean isStaging(StockKey key) {
        return locations.get(new LocationCode(key.warehouse(), key.location())) == Location.Kind.STAGING;
    }

    /** What a document line names that does not exist. */
    List<LineFault> unknown(int line, StockKey key) {
        return Stream.of(
                        missing(warehouses.contains(key.warehouse()), line, "warehouse", key.warehouse()),
                        missing(
                                articles.containsKey(key.sku()),
                                line,
                                "sku",
                                key.sku().code()),
                        missing(owners.contains(key.owner()), line, "owner", key.owner()),
                        missing(
                                locations.containsKey(new LocationCode(key.warehouse(), key.location())),
                                line,
                                "location",
                                key.location()))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<LineFault> missing(boolean known, int line, String field, String code) {
        return known ? Optional.empty() : Optional.of(new LineFault(line, LineFault.Reason.UNKNOWN_CODE, field, code));
    }
}
