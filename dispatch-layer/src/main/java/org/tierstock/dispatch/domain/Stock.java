package org.tierstock.dispatch.domain;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tierstock.movements.Sku;

/** The stock of every SKU whose head row a transaction has locked, in SKU order. */
public final class Stock {
    private final SortedMap<Sku, StockOfSku> bySku = new TreeMap<>();

    /** Nothing locked. */
    public Stock() {}

    /** Exactly these SKUs. */
    public Stock(Collection<StockOfSku> stocks) {
        stocks.forEach(stock -> bySku.put(stock.sku(), stock));
    }

    /**
     * The stock of a SKU.
     *
     * @throws IllegalStateException when it was not locked
     */
    public StockOfSku of(Sku sku) {
        StockOfSku stock = bySku.get(sku);
        if (stock == null) {
            throw new IllegalStateException("The stock of " + sku + " is not locked by this transaction");
        }
        return stock;
    }

    /** All of it, in SKU order. */
    public Collection<StockOfSku> all() {
        return Collections.unmodifiableCollection(bySku.values());
    }
}
