package org.tierstock.integration.load;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** How the layers answered, over all clients. */
public final class Traffic {
    private final LongAdder answers = new LongAdder();
    private final LongAdder repetitions = new LongAdder();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Silence> silences = new ConcurrentLinkedQueue<>();

    /**
     * A request that was not answered within its deadline, though its connection stood.
     *
     * @param beganNanos by {@link System#nanoTime}
     */
    public record Silence(String request, long beganNanos) {}

    void answered() {
        answers.increment();
    }

    void repeated() {
        repetitions.increment();
    }

    void silent(Silence silence) {
        silences.add(silence);
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

    /** Requests that waited for their whole deadline in vain. */
    public List<Silence> silences() {
        return List.copyOf(silences);
    }

    /** Answers with status 500: a defect, whatever else was going on. */
    public List<String> failures() {
        return List.copyOf(failures);
    }
}
