package org.tierstock.runtime.reconcile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tierstock.runtime.exchange.AppliedPosition;

/** What the portions of a reconciliation have shown so far: counts, and the first differences with their cuts. */
final class Compared {
    private final int mostDifferences;
    private final List<Comparison.Difference> differences = new ArrayList<>();
    private final Map<String, List<AppliedPosition>> cuts = new LinkedHashMap<>();
    private long keys;
    private long differenceCount;

    /** Nothing yet. */
    Compared(int mostDifferences) {
        this.mostDifferences = mostDifferences;
    }

    /** How many more differences are kept. */
    int room() {
        return mostDifferences - differences.size();
    }

    /** Adds a portion that was compared at a cut. */
    void add(Cut cut, Comparison portion) {
        keys += portion.keys();
        differenceCount += portion.differenceCount();
        differences.addAll(portion.differences());
        portion.differences().forEach(difference -> cuts.putIfAbsent(difference.scope(), cut.of(difference.scope())));
    }

    long keys() {
        return keys;
    }

    long differenceCount() {
        return differenceCount;
    }

    List<Comparison.Difference> differences() {
        return differences;
    }

    /** By scope, of those that have a difference. */
    Map<String, List<AppliedPosition>> cuts() {
        return cuts;
    }
}
