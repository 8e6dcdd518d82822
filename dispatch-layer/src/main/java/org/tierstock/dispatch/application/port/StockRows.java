package org.tierstock.dispatch.application.port;

import java.util.Collection;
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

    /**
     * Locks SKUs that are marked to have free stock which nobody has placed yet, at most {@code limit}. Those that another
     * transaction holds are passed by: it, or the next round, will place them.
     */
    Stock lockUnplaced(Set<Integer> partitions, int limit);

    /**
     * Locks SKUs that have a deficit at any node or a line that waits for goods, and whose last recall is long enough ago, at
     * most {@code limit}.
     */
    Stock lockInNeed(Set<Integer> partitions, int limit);

    /**
     * Locks SKUs whose promises were last brought in line with older rules and whose last try is long enough ago, at most
     * {@code limit}.
     */
    Stock lockOutOfLine(Set<Integer> partitions, long rulesVersion, int limit);

    /**
     * Writes the net balances, the refusals and tallies that changed, and the ledger rows of everything posted. Each SKU that
     * has free stock is marked as unplaced.
     */
    void save(Stock stock, Numbers numbers);

    /** Takes the mark off: all that free stock is for has been done. */
    void placed(Collection<Sku> skus);

    /** {@link #lockInNeed} passes these SKUs by until so many seconds have passed. */
    void recalled(Collection<Sku> skus, int retrySeconds);

    /** Notes that the promises of these SKUs are in line with the rules of that version. */
    void aligned(Collection<Sku> skus, long rulesVersion);

    /** {@link #lockOutOfLine} passes these SKUs by until so many seconds have passed: not all could be brought in line. */
    void alignLater(Collection<Sku> skus, int retrySeconds);
}
