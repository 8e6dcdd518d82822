package org.tierstock.dispatch.application.port;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.tierstock.dispatch.domain.Stock;
import org.tierstock.movements.Sku;
import org.tierstock.runtime.exchange.Numbers;

/**
 * The stock of SKUs, behind one head row each. Who holds the head row holds all that dispatch knows of the SKU: stock,
 * lines, outbounds and revocations.
 */
public interface StockRows {
    /** Locks the SKUs' head rows in SKU order, makes those that are missing, and reads their stock. */
    Stock lock(Collection<Sku> skus);

    /** Locks those of these SKUs' head rows that exist and that no other transaction holds, and reads their stock. */
    Stock lockUnheld(Collection<Sku> skus);

    /** SKUs marked to have free stock which nobody has placed yet, the longest marked first, at most {@code limit}. */
    List<Sku> unplaced(Set<Integer> partitions, int limit);

    /**
     * SKUs that have a deficit at any node or a line that waits for goods, or had since their last recall, and whose last recall
     * is long enough ago: the longest ago first, at most {@code limit}.
     */
    List<Sku> inNeed(Set<Integer> partitions, int limit);

    /**
     * SKUs whose promises were last brought in line with older rules and whose last try is long enough ago, at most
     * {@code limit}.
     */
    List<Sku> outOfLine(Set<Integer> partitions, long rulesVersion, int limit);

    /**
     * Writes the net balances, the refusals and tallies that changed, and the ledger rows of everything posted. Each SKU that
     * has free stock is marked as unplaced, from when it first had some.
     */
    void save(Stock stock, Numbers numbers);

    /** Takes the mark off: all that free stock is for has been done. */
    void placed(Collection<Sku> skus);

    /** {@link #inNeed} passes these SKUs by until so many seconds have passed, and until they are in need. */
    void recalled(Collection<Sku> skus, int retrySeconds);

    /** Notes that the promises of these SKUs are in line with the rules of that version. */
    void aligned(Collection<Sku> skus, long rulesVersion);

    /** {@link #outOfLine} passes these SKUs by until so many seconds have passed: not all could be brought in line. */
    void alignLater(Collection<Sku> skus, int retrySeconds);
}
