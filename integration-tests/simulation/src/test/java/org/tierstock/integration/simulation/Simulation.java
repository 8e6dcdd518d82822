package org.tierstock.integration.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Many histories, on every core of the machine.
 *
 * @param parts of which the layers of each history are made
 */
record Simulation(long firstSeed, int seeds, int steps, Parts parts) {
    private static final Duration ENDLESS = Duration.ofNanos(Long.MAX_VALUE);

    /** A seed whose history broke an equation. */
    record Found(long seed, EquationBroken broken) {}

    /**
     * What came of it.
     *
     * @param seeds how many histories were run: all, or up to the first that broke
     * @param transactions how many were committed, and checked
     * @param found the first history that broke an equation, by its seed
     */
    record Outcome(
            int seeds, long steps, long transactions, Happenings happenings, Duration took, Optional<Found> found) {
        /** Steps a second. */
        long rate() {
            return steps * 1_000_000_000L / Math.max(1, took.toNanos());
        }

        String text() {
            return "%,d histories, %,d steps, %,d transactions checked in %d s: %,d steps a second\n%s"
                    .formatted(seeds, steps, transactions, took.toSeconds(), rate(), happenings.text());
        }
    }

    /** Runs the histories; with the first broken one it ends. */
    Outcome run() {
        return run(ENDLESS);
    }

    /** Runs the histories; with the first broken one it ends, and begins none when so much time has passed. */
    Outcome run(Duration budget) {
        long began = System.nanoTime();
        AtomicLong next = new AtomicLong();
        AtomicLong firstBroken = new AtomicLong(seeds);
        Map<Long, Found> found = new ConcurrentHashMap<>();
        AtomicLong transactions = new AtomicLong();
        AtomicReference<Happenings> happenings = new AtomicReference<>(Happenings.NONE);
        int workers = Runtime.getRuntime().availableProcessors();
        try (ExecutorService executor = Executors.newFixedThreadPool(workers)) {
            List<Future<?>> running = new ArrayList<>();
            for (int worker = 0; worker < workers; worker++) {
                running.add(executor.submit(() -> {
                    while (System.nanoTime() - began < budget.toNanos()) {
                        long seed = next.getAndIncrement();
                        if (seed >= firstBroken.get()) {
                            return;
                        }
                        History.Course course =
                                History.of(firstSeed + seed, steps).run(parts, false);
                        transactions.addAndGet(course.transactions());
                        happenings.accumulateAndGet(course.happenings(), Happenings::and);
                        if (course.broken().isPresent()) {
                            long broken = seed;
                            found.put(
                                    broken,
                                    new Found(firstSeed + seed, course.broken().get()));
                            firstBroken.getAndUpdate(before -> Math.min(before, broken));
                        }
                    }
                }));
            }
            for (Future<?> worker : running) {
                worker.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("The simulation did not come to its end", e);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        long run = Math.min(Math.min(seeds, next.get()), firstBroken.get() + 1);
        return new Outcome(
                (int) run,
                run * steps,
                transactions.get(),
                happenings.get(),
                took,
                Optional.ofNullable(found.get(firstBroken.get())));
    }
}
