package org.tierstock.integration.load;

import java.time.Duration;

/**
 * What a load is like.
 *
 * @param seed what the clients do follows from it, up to what they are answered
 * @param name tells the codes of this load's warehouses, channels and SKUs from those of others
 * @param customers how many order at once, each one thing after the other
 * @param marketplaces how many order for many customers at once, half of them through REST and half through gRPC
 * @param openingUnits of each SKU in each warehouse before the first order
 * @param holdSeconds after which an unpaid order of the pre-hold channel expires
 * @param pause between two orders of one customer
 * @param marketplacePause between two batches of one marketplace
 */
public record LoadSettings(
        long seed,
        String name,
        int customers,
        int marketplaces,
        int skus,
        int warehouses,
        long openingUnits,
        int holdSeconds,
        Duration pause,
        Duration marketplacePause) {

    /** Some tens of SKUs in two warehouses, of which the most wanted sell out. */
    public static LoadSettings demoSized(String name) {
        return new LoadSettings(20261122, name, 8, 0, 40, 2, 400, 5, Duration.ofMillis(20), Duration.ZERO);
    }

    /** The same at another pace: how long a customer does nothing between two orders. */
    public LoadSettings pausing(Duration customersPause) {
        return new LoadSettings(
                seed,
                name,
                customers,
                marketplaces,
                skus,
                warehouses,
                openingUnits,
                holdSeconds,
                customersPause,
                marketplacePause);
    }

    /** The same with so many marketplaces beside the customers, each of which does nothing so long between two batches. */
    public LoadSettings withMarketplaces(int count, Duration pauseOfEach) {
        return new LoadSettings(
                seed, name, customers, count, skus, warehouses, openingUnits, holdSeconds, pause, pauseOfEach);
    }
}
