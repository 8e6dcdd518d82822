package org.tierstock.integration.bench;

import java.time.Duration;

/**
 * One cell in one round.
 *
 * @param cpu what the cell cost of each process
 */
record Measured(Load.Outcome outcome, CpuTimes cpu) {
    /** Answers of any kind, placed or refused. */
    long answers() {
        return outcome.placed() + outcome.refused();
    }

    double answersPerSecond() {
        return outcome.placedPerSecond() + outcome.refusedPerSecond();
    }

    /** Processor time per answer, in microseconds. */
    double micros(Duration cpuTime) {
        return answers() == 0 ? 0 : cpuTime.toNanos() / 1e3 / answers();
    }
}
