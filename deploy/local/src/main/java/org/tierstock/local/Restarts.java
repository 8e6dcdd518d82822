package org.tierstock.local;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** How often processes were started again. One that ends over and over is not helped by that; one that ends now and then is. */
final class Restarts {

    static final int MOST = 5;
    static final Duration WITHIN = Duration.ofHours(1);

    private final Map<String, Deque<Instant>> times = new HashMap<>();

    /** Counts another start of the process, and answers whether it is one too many within the last hour. */
    boolean tooMany(String process, Instant now) {
        Deque<Instant> recent = times.computeIfAbsent(process, first -> new ArrayDeque<>());
        recent.addLast(now);
        while (recent.getFirst().isBefore(now.minus(WITHIN))) {
            recent.removeFirst();
        }
        return recent.size() > MOST;
    }
}
