package org.tierstock.dispatch.domain;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tierstock.movements.Book;
import org.tierstock.movements.Sku;

/** The stock of every SKU whose head row a transaction has locked, in SKU order, and the book that they post to. */
public final class Stock {
    private final Book<Place, DispatchBucket> book = new Book<>(DispatchBucket.class);
    private final SortedMap<Sku, StockOfSku> bySku = new TreeMap<>();

    /** Stock of these SKUs, with no rows yet. */
    public Stock(Collection<Sku> skus) {
        skus.forEach(sku -> bySku.put(sku, new StockOfSku(sku, book)));
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

    /** The SKUs, in order. */
    public List<Sku> skus() {
        return List.copyOf(bySku.keySet());
    }

    /** All of it, in SKU order. */
    public Collection<StockOfSku> all() {
        return Collections.unmodifiableCollection(bySku.values());
    }

    /** What was posted. */
    public Book<Place, DispatchBucket> book() {
        return book;
    }
}
