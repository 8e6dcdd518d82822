package org.tierstock.local.demo;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Units by SKU and bucket, as one layer states them. */
final class Buckets {
    private final Map<String, Map<String, Long>> unitsBySku = new TreeMap<>();

    void add(String sku, String bucket, long units) {
        unitsBySku.computeIfAbsent(sku, s -> new TreeMap<>()).merge(bucket, units, Long::sum);
    }

    Set<String> skus() {
        return unitsBySku.keySet();
    }

    /** Units of a SKU in some buckets together. */
    long units(String sku, String bucket, String... others) {
        Map<String, Long> units = unitsBySku.getOrDefault(sku, Map.of());
        long sum = units.getOrDefault(bucket, 0L);
        for (String other : others) {
            sum += units.getOrDefault(other, 0L);
        }
        return sum;
    }

    /** Units of a SKU in all buckets together. */
    long units(String sku) {
        return unitsBySku.getOrDefault(sku, Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Units of all SKUs by bucket. */
    Map<String, Long> totals() {
        Map<String, Long> totals = new TreeMap<>();
        unitsBySku.values().forEach(ofSku -> ofSku.forEach((bucket, units) -> totals.merge(bucket, units, Long::sum)));
        return totals;
    }
}
