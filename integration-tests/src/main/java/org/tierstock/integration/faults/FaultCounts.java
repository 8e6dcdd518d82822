package org.tierstock.integration.faults;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How often each kind of fault has happened, and to whom. Counts what was done, not what was to be done. */
final class FaultCounts {
    private final Map<FaultKind, Map<String, Long>> counts = new EnumMap<>(FaultKind.class);

    /** @param toWhom or, of the network, what */
    synchronized void happened(FaultKind kind, String toWhom) {
        counts.computeIfAbsent(kind, k -> new TreeMap<>()).merge(toWhom, 1L, Long::sum);
    }

    synchronized long of(FaultKind kind) {
        return each(kind).values().stream().mapToLong(Long::longValue).sum();
    }

    /** The same, by whom it befell. */
    synchronized Map<String, Long> each(FaultKind kind) {
        return new TreeMap<>(counts.getOrDefault(kind, Map.of()));
    }

    /** A sentence for each of these that has never happened. */
    List<String> neverHappened(Collection<FaultKind> due) {
        return due.stream()
                .filter(kind -> of(kind) == 0)
                .map(FaultKind::absence)
                .toList();
    }
}
