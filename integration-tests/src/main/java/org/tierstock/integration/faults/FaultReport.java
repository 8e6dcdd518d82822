package org.tierstock.integration.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.tierstock.integration.load.Acknowledged;
import org.tierstock.integration.load.Traffic;

/** What was done to a platform, and what it did. */
public final class FaultReport {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Within so many seconds 99 of 100 processes must be ready after they were started again. */
    private static final double READY_P99_SECONDS = 20;

    private final Map<String, Object> figures = new LinkedHashMap<>();
    private final List<String> breaches;
    private final double readyP99Seconds;

    /**
     * @param due what must have happened
     * @param breaches what did not hold
     */
    FaultReport(
            long seed,
            double seconds,
            int rounds,
            Acknowledged acknowledged,
            Traffic traffic,
            Strokes strokes,
            Set<FaultKind> due,
            long connectionsStruck,
            double longestRestSeconds,
            List<String> breaches) {
        FaultCounts counts = strokes.counts();
        // A run that something broke ended before its time.
        this.breaches = breaches.isEmpty() ? counts.neverHappened(due) : List.copyOf(breaches);
        this.readyP99Seconds = strokes.readyP99Seconds();
        figures.put("seed", seed);
        figures.put("seconds", Math.round(seconds));
        figures.put("rounds", rounds);
        figures.put("connectionsStruck", connectionsStruck);
        figures.put("startsRepeated", strokes.startsRepeated());
        figures.put("orders", acknowledged.orders());
        figures.put("ordersThrough", counts(acknowledged.ordersThrough()));
        figures.put("ordersRefused", acknowledged.refusedOrders());
        figures.put("ordersPlacedAfterRefusal", acknowledged.placedAfterRefusal());
        figures.put("paid", acknowledged.paid());
        figures.put("unitsShipped", acknowledged.shippedUnits());
        figures.put("answers", traffic.answers());
        figures.put("requestsRepeated", traffic.repetitions());
        figures.put("documentsKnownWhenRepeated", acknowledged.replayedAnswers());
        figures.put("requestsWithoutAnswerInTime", traffic.silences().size());
        figures.put("readyP50Seconds", tenths(strokes.readyP50Seconds()));
        figures.put("readyP99Seconds", tenths(readyP99Seconds));
        Map<String, Double> slowest = new LinkedHashMap<>();
        strokes.slowestReadySeconds().forEach((killed, ready) -> slowest.put(killed, tenths(ready)));
        figures.put("slowestReadySecondsOf", slowest);
        figures.put("longestRestSeconds", tenths(longestRestSeconds));
        for (FaultKind kind : FaultKind.values()) {
            figures.put(kind.figure(), counts.of(kind));
            figures.put(kind.figure() + "Of", counts.each(kind));
        }
        figures.put("breaches", this.breaches);
    }

    /** What does not hold, or what should have been shown and was not; empty when all is well. */
    public List<String> breaches() {
        return breaches;
    }

    /** Whether processes were ready again within 20 s (p99). It depends on the machine, so no test asks for it. */
    boolean readyInTime() {
        return readyP99Seconds <= READY_P99_SECONDS;
    }

    /** A figure by its name in the JSON line. */
    public long count(String figure) {
        return ((Number) figures.get(figure)).longValue();
    }

    /** For people. */
    public String text() {
        return figures.entrySet().stream()
                .map(figure -> String.format(Locale.ROOT, "%-28s %s", figure.getKey(), figure.getValue()))
                .collect(Collectors.joining("\n"));
    }

    /** One line for machines. */
    public String json() {
        try {
            return JSON.writeValueAsString(figures);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Long> counts(Map<String, LongAdder> adders) {
        Map<String, Long> counts = new LinkedHashMap<>();
        adders.forEach((what, count) -> counts.put(what, count.sum()));
        return counts;
    }

    private static double tenths(double seconds) {
        return Math.round(seconds * 10) / 10.0;
    }
}
