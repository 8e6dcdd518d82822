package org.tierstock.integration.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** How many orders a closed loop places in each second that it runs. */
final class Pace {
    private static final Duration STEP = Duration.ofMillis(100);
    private static final int STEPS_A_SECOND = 10;

    private final List<Long> placedAtStep = new ArrayList<>();
    private final Load.Outcome outcome;

    private Pace(Sender sender, int inFlight, Duration duration) {
        AtomicLong placed = new AtomicLong();
        Thread sampler = Thread.ofVirtual().start(() -> sample(placed));
        outcome = Load.run(answered -> sender.send(counting(answered, placed)), inFlight, duration);
        sampler.interrupt();
        join(sampler);
    }

    /** Runs the load. */
    static Pace of(Sender sender, int inFlight, Duration duration) {
        return new Pace(sender, inFlight, duration);
    }

    long placed() {
        return outcome.placed();
    }

    /** Orders a second, in the median second. */
    double usual() {
        List<Double> rates = new ArrayList<>();
        for (int step = 0; step + STEPS_A_SECOND < placedAtStep.size(); step++) {
            rates.add(rate(step));
        }
        return Comparison.median(rates);
    }

    /**
     * When the pace was found again.
     *
     * @param rate orders a second
     * @return seconds from the begin to the first second that has this rate; infinite when none has
     */
    double secondsUntil(double rate) {
        for (int step = 0; step + STEPS_A_SECOND < placedAtStep.size(); step++) {
            if (rate(step) >= rate) {
                return (double) step / STEPS_A_SECOND;
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    private double rate(int step) {
        return placedAtStep.get(step + STEPS_A_SECOND) - placedAtStep.get(step);
    }

    private void sample(AtomicLong placed) {
        long next = System.nanoTime();
        while (true) {
            placedAtStep.add(placed.get());
            next += STEP.toNanos();
            try {
                Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static Answered counting(Answered answered, AtomicLong placed) {
        return new Answered() {
            @Override
            public void with(int morePlaced, int moreRefused) {
                placed.addAndGet(morePlaced);
                answered.with(morePlaced, moreRefused);
            }

            @Override
            public void failed(String why) {
                answered.failed(why);
            }
        };
    }

    private static void join(Thread sampler) {
        try {
            sampler.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted", e);
        }
    }
}
