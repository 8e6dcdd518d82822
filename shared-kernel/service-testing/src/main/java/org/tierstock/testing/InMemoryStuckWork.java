package org.tierstock.testing;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tierstock.runtime.clock.DatabaseClock;
import org.tierstock.runtime.work.StuckWork;

/** What is stuck, without a database. Outside of transactions, as its rows are written after one has failed. */
public final class InMemoryStuckWork implements StuckWork {
    private static final int LONGEST_SECONDS = 60;

    private record Waiting(SetAside setAside, Instant retryAfter, Instant dueAt) {
        Waiting stillDue(Instant now) {
            return new Waiting(setAside, retryAfter, now);
        }
    }

    private final DatabaseClock clock;
    private final Map<String, Map<String, Waiting>> byWork = new HashMap<>();

    public InMemoryStuckWork(DatabaseClock clock) {
        this.clock = clock;
    }

    /** All that is set aside. */
    public List<SetAside> all() {
        return byWork.keySet().stream()
                .flatMap(work -> look(work).values().stream())
                .toList();
    }

    @Override
    public Map<String, SetAside> of(String work) {
        return look(work);
    }

    @Override
    public Map<String, SetAside> look(String work) {
        Map<String, SetAside> bySubject = new TreeMap<>();
        byWork.getOrDefault(work, Map.of()).forEach((subject, waiting) -> {
            SetAside one = waiting.setAside();
            bySubject.put(
                    subject,
                    new SetAside(
                            work,
                            subject,
                            one.reason(),
                            one.since(),
                            one.tries(),
                            waiting.retryAfter().isAfter(clock.now())));
        });
        return bySubject;
    }

    @Override
    public void setAside(String work, String subject, String reason) {
        byWork.computeIfAbsent(work, w -> new HashMap<>()).compute(subject, (s, before) -> {
            int tries = before == null ? 1 : before.setAside().tries() + 1;
            long seconds = Math.min(LONGEST_SECONDS, 1L << Math.min(tries - 1, 20));
            return new Waiting(
                    new SetAside(
                            work,
                            subject,
                            reason,
                            before == null ? clock.now() : before.setAside().since(),
                            tries,
                            true),
                    clock.now().plusSeconds(seconds),
                    clock.now());
        });
    }

    @Override
    public void due(String work, Collection<String> subjects) {
        Instant longAgo = clock.now().minusSeconds(2 * LONGEST_SECONDS);
        Map<String, Waiting> waiting = byWork.getOrDefault(work, new HashMap<>());
        subjects.forEach(subject -> waiting.computeIfPresent(subject, (s, still) -> still.stillDue(clock.now())));
        waiting.values().removeIf(one -> one.dueAt().isBefore(longAgo));
    }

    @Override
    public void done(String work, Collection<String> subjects) {
        byWork.getOrDefault(work, new HashMap<>()).keySet().removeAll(subjects);
    }
}
