package org.tierstock.integration.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Many histories, on every core of the machine.
 *
 * @param parts made anew for each history
 */
record Simulation(long firstSeed, int seeds, int steps, Parts parts) {
    /**
     * What came of it.
     *
     * @param seeds how many histories were run: all, or up to the first that broke
     * @param transactions how many were committed, and checked
     * @param failure the first history that broke an equation, by its seed
     */
    record Outcome(int seeds, long steps, long transactions, Duration took, Optional<Failure> failure) {
        /** Steps a second. */
        long rate() {
            return steps * 1_000_000_000L / Math.max(1, took.toNanos());
        }

        String text() {
            return "%d histories, %,d steps, %,d transactions checked in %d s: %,d steps a second"
                    .formatted(seeds, steps, transactions, took.toSeconds(), rate());
        }
    }

    /** Runs the histories; with the first broken one it ends. */
    Outcome run() {
        long began = System.nanoTime();
        AtomicLong next = new AtomicLong();
        AtomicLong firstBroken = new AtomicLong(seeds);
        AtomicLong transactions = new AtomicLong();
        int workers = Runtime.getRuntime().availableProcessors();
        try (ExecutorService executor = Executors.newFixedThreadPool(workers)) {
            List<Future<?>> running = new ArrayList<>();
            for (int worker = 0; worker < workers; worker++) {
                running.add(executor.submit(() -> {
                    for (long seed = next.getAndIncrement(); seed < firstBroken.get(); seed = next.getAndIncrement()) {
                        History.Course course =
                                History.of(firstSeed + seed, steps).run(parts, false);
                        transactions.addAndGet(course.transactions());
                        if (course.broken().isPresent()) {
                            long broken = seed;
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
        long run = Math.min(seeds, firstBroken.get() + 1);
        Optional<Failure> failure = firstBroken.get() == seeds
                ? Optional.empty()
                : Optional.of(Failure.of(firstSeed + firstBroken.get(), steps, parts));
        return new Outcome((int) run, run * steps, transactions.get(), took, failure);
    }
}
