package org.tierstock.integration.bench;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Measurements as a run would make them. */
final class Measurements {
    private static final CpuTimes CPU = new CpuTimes(Duration.ZERO, Duration.ofMillis(10), Duration.ZERO);

    private Measurements() {}

    /** So many orders placed in one second, each in a millisecond. */
    static Measured placed(long orders) {
        Histogram latencies = new Histogram(3);
        latencies.recordValue(TimeUnit.MILLISECONDS.toMicros(1));
        return new Measured(new Load.Outcome(orders, 0, TimeUnit.SECONDS.toNanos(1), latencies), CPU);
    }
}
