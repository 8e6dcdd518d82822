package org.tierstock.integration.load;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** How the layers answered, over all clients. */
public final class Traffic {
    private final LongAdder answers = new LongAdder();
    private final LongAdder repetitions = new LongAdder();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();

    void answered() {
        answers.increment();
    }

    void repeated() {
        repetitions.increment();
    }

    void broken(String what) {
        failures.add(what);
    }

    /** Requests that were answered. */
    public long answers() {
        return answers.sum();
    }

    /** Requests that had to be sent again. */
    public long repetitions() {
        return repetitions.sum();
    }

    /** Answers with status 500: a defect, whatever else was going on. */
    public List<String> failures() {
        return List.copyOf(failures);
    }
}
