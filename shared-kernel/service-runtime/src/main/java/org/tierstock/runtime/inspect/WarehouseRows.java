package org.tierstock.runtime.inspect;

import java.util.List;

/**
 * Which stock rows lie in a warehouse, for audits of one. A layer whose stock lies in warehouses has one bean of it; sales,
 * which knows none, has none.
 */
public interface WarehouseRows {
    /**
     * The next rows of a warehouse in the order of their ids, found by an index; none when it is not known.
     *
     * @param after the last id that is known already
     * @param most how many are answered at most
     */
    List<Long> after(String warehouse, long after, int most);

    /** All rows of a SKU in a warehouse in the order of their ids. */
    List<Long> ofSku(String warehouse, String sku);
}
