package org.tierstock.runtime.work;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * What comes by any thread, in its order, for one that takes it.
 *
 * @param <T> what comes
 */
public final class Arrivals<T> {
    private final BlockingQueue<T> come = new LinkedBlockingQueue<>();

    /** Something has come. */
    public void add(T arrival) {
        come.add(arrival);
    }

    /** All that has come, which may be nothing. */
    public List<T> take() {
        List<T> taken = new ArrayList<>();
        come.drainTo(taken);
        return taken;
    }

    /** All that has come, and waits for the first of it; nothing when the thread is to end. */
    public List<T> await() {
        try {
            T first = come.take();
            List<T> taken = take();
            taken.addFirst(first);
            return taken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
