package org.tierstock.integration.bench;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;

/**
 * A closed loop: so many calls are always in flight, each answer sends the next call, until the time is up and all are
 * answered. The rate counts everything acknowledged, over the time until the last answer.
 */
final class Load {
    private static final Duration DRAIN_AT_MOST = Duration.ofMinutes(2);
    private static final long HIGHEST_MICROS = TimeUnit.MINUTES.toMicros(5);

    /**
     * What a load came to.
     *
     * @param placed orders acknowledged
     * @param refused orders refused by a business answer
     * @param elapsedNanos from the first call to the last answer
     * @param latencies of the calls, in microseconds
     */
    record Outcome(long placed, long refused, long elapsedNanos, Histogram latencies) {
        double placedPerSecond() {
            return placed * 1e9 / elapsedNanos;
        }

        double refusedPerSecond() {
            return refused * 1e9 / elapsedNanos;
        }

        double p50Millis() {
            return latencies.getValueAtPercentile(50) / 1e3;
        }

        double p99Millis() {
            return latencies.getValueAtPercentile(99) / 1e3;
        }
    }

    private final Sender sender;
    private final long endNanos;
    private final CountDownLatch slots;
    private final AtomicReference<String> failure = new AtomicReference<>();
    private final Histogram latencies = new Histogram(HIGHEST_MICROS, 3);
    private long placed;
    private long refused;

    private Load(Sender sender, int inFlight, long endNanos) {
        this.sender = sender;
        this.slots = new CountDownLatch(inFlight);
        this.endNanos = endNanos;
    }

    /**
     * Runs the load.
     *
     * @param inFlight calls at a time
     * @throws BenchFailure when a call fails: a benchmark of failures says nothing
     */
    static Outcome run(Sender sender, int inFlight, Duration duration) {
        long beginNanos = System.nanoTime();
        Load load = new Load(sender, inFlight, beginNanos + duration.toNanos());
        for (int slot = 0; slot < inFlight; slot++) {
            load.new Slot().sendNext();
        }
        load.awaitEnd();
        long elapsedNanos = System.nanoTime() - beginNanos;
        synchronized (load) {
            return new Outcome(load.placed, load.refused, elapsedNanos, load.latencies);
        }
    }

    private void awaitEnd() {
        try {
            long patienceNanos = endNanos - System.nanoTime() + DRAIN_AT_MOST.toNanos();
            if (!slots.await(patienceNanos, TimeUnit.NANOSECONDS)) {
                throw new BenchFailure(slots.getCount() + " calls were not answered");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted");
        }
        if (failure.get() != null) {
            throw new BenchFailure("a call failed: " + failure.get());
        }
    }

    private synchronized void record(long latencyNanos, int morePlaced, int moreRefused) {
        placed += morePlaced;
        refused += moreRefused;
        latencies.recordValue(TimeUnit.NANOSECONDS.toMicros(latencyNanos));
    }

    /** One call in flight after the other. */
    private final class Slot implements Answered {
        private long sentNanos;

        void sendNext() {
            sentNanos = System.nanoTime();
            sender.send(this);
        }

        @Override
        public void with(int morePlaced, int moreRefused) {
            long nowNanos = System.nanoTime();
            record(nowNanos - sentNanos, morePlaced, moreRefused);
            if (nowNanos < endNanos && failure.get() == null) {
                sendNext();
            } else {
                slots.countDown();
            }
        }

        @Override
        public void failed(String why) {
            failure.compareAndSet(null, why);
            slots.countDown();
        }
    }
}
