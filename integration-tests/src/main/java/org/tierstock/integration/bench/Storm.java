package org.tierstock.integration.bench;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;

/**
 * More callers than a service takes at a time. Each sends its next call when it is answered; one that is refused for now
 * comes back after a second, as it is told to.
 */
final class Storm {
    private static final long COME_BACK_MILLIS = 1_000;
    private static final Duration DRAIN_AT_MOST = Duration.ofMinutes(2);
    private static final long HIGHEST_MICROS = TimeUnit.MINUTES.toMicros(5);

    /**
     * What a storm came to.
     *
     * @param placed orders acknowledged
     * @param answers the calls that were done, in microseconds
     * @param refusals the calls that were refused for now, in microseconds
     */
    record Outcome(long placed, Histogram answers, Histogram refusals) {}

    private final Sender sender;
    private final long endNanos;
    private final CountDownLatch callers;
    private final ScheduledExecutorService clock;
    private final AtomicReference<String> failure = new AtomicReference<>();
    private final Histogram answers = new Histogram(HIGHEST_MICROS, 3);
    private final Histogram refusals = new Histogram(HIGHEST_MICROS, 3);
    private long placed;

    private Storm(Sender sender, int callers, long endNanos, ScheduledExecutorService clock) {
        this.sender = sender;
        this.callers = new CountDownLatch(callers);
        this.endNanos = endNanos;
        this.clock = clock;
    }

    /**
     * Runs the storm until all are answered. The callers come within its first second, not all at one moment.
     *
     * @throws BenchFailure when a call fails in any other way than by a refusal
     */
    static Outcome run(Sender sender, int callers, Duration duration) {
        try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
            Storm storm = new Storm(sender, callers, System.nanoTime() + duration.toNanos(), clock);
            for (int i = 0; i < callers; i++) {
                clock.schedule(storm.new Caller()::send, COME_BACK_MILLIS * i / callers, TimeUnit.MILLISECONDS);
            }
            storm.awaitEnd();
            synchronized (storm) {
                return new Outcome(storm.placed, storm.answers, storm.refusals);
            }
        }
    }

    private void awaitEnd() {
        try {
            long patienceNanos = endNanos - System.nanoTime() + DRAIN_AT_MOST.toNanos();
            if (!callers.await(patienceNanos, TimeUnit.NANOSECONDS)) {
                throw new BenchFailure(callers.getCount() + " callers were not answered");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted");
        }
        if (failure.get() != null) {
            throw new BenchFailure("a call failed: " + failure.get());
        }
    }

    private synchronized void record(Histogram latencies, long latencyNanos, int morePlaced) {
        placed += morePlaced;
        latencies.recordValue(TimeUnit.NANOSECONDS.toMicros(latencyNanos));
    }

    /** One call after the other. */
    private final class Caller implements Answered {
        private long sentNanos;

        void send() {
            sentNanos = System.nanoTime();
            sender.send(this);
        }

        private boolean goesOn() {
            if (System.nanoTime() < endNanos && failure.get() == null) {
                return true;
            }
            callers.countDown();
            return false;
        }

        @Override
        public void with(int morePlaced, int moreRefused) {
            record(answers, System.nanoTime() - sentNanos, morePlaced);
            if (goesOn()) {
                send();
            }
        }

        @Override
        public void refusedForNow() {
            record(refusals, System.nanoTime() - sentNanos, 0);
            if (goesOn()) {
                clock.schedule(this::send, COME_BACK_MILLIS, TimeUnit.MILLISECONDS);
            }
        }

        @Override
        public void failed(String why) {
            failure.compareAndSet(null, why);
            callers.countDown();
        }
    }
}
