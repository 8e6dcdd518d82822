package org.tierstock.integration.bench;

import java.util.function.Supplier;

/** The orders of one cell: one line of one unit each, under numbers that no other cell uses. */
final class OrderSource {
    /** An order to be placed. */
    record Order(String number, String sku) {}

    private final String prefix;
    private final Supplier<String> skus;
    private long count;

    OrderSource(String prefix, Supplier<String> skus) {
        this.prefix = prefix;
        this.skus = skus;
    }

    synchronized Order next() {
        count++;
        return new Order(prefix + '-' + count, skus.get());
    }
}
