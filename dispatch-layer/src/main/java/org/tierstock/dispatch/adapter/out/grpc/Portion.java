package org.tierstock.dispatch.adapter.out.grpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Outbounds that are compared by one call: those of many warehouses that have few, or some by number of one that has many.
 *
 * @param after whose number is above this one
 */
record Portion(List<String> warehouses, long after) {
    /** The number behind the last one. */
    static final long THE_END = 0;

    /** How many warehouses one call names at most: their cut must fit into it. */
    static final int MOST_WAREHOUSES = 1_000;

    /** How many unfinished outbounds are held at a time, but for what comes while they are read. */
    static final int MOST_OUTBOUNDS = 1_000;

    private static final int NO_BOUND = Integer.MAX_VALUE;

    /** Warehouses whose books are compared by one call. */
    static List<List<String>> of(List<String> warehouses) {
        List<List<String>> portions = new ArrayList<>();
        for (int from = 0; from < warehouses.size(); from += MOST_WAREHOUSES) {
            portions.add(warehouses.subList(from, Math.min(from + MOST_WAREHOUSES, warehouses.size())));
        }
        return portions;
    }

    /**
     * Portions of all outbounds of these warehouses.
     *
     * @param unfinished how many unfinished ones each has
     */
    static List<Portion> of(List<String> warehouses, Map<String, Long> unfinished) {
        List<Portion> portions = new ArrayList<>();
        List<String> some = new ArrayList<>();
        long outbounds = 0;
        for (String warehouse : warehouses) {
            long own = unfinished.getOrDefault(warehouse, 0L);
            if (!some.isEmpty() && (some.size() == MOST_WAREHOUSES || outbounds + own > MOST_OUTBOUNDS)) {
                portions.add(new Portion(some, 0));
                some = new ArrayList<>();
                outbounds = 0;
            }
            some.add(warehouse);
            outbounds += own;
        }
        if (!some.isEmpty()) {
            portions.add(new Portion(some, 0));
        }
        return portions;
    }

    Portion {
        warehouses = List.copyOf(warehouses);
    }

    /** How many outbounds are read: of several warehouses all, since there are few. */
    int most() {
        return warehouses.size() == 1 ? MOST_OUTBOUNDS : NO_BOUND;
    }

    /** What comes behind that number; null when it was the end. */
    Portion behind(long reached) {
        return reached == THE_END ? null : new Portion(warehouses, reached);
    }
}
