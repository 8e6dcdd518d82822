package org.tierstock.local.demo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Clients that work at the same time. The first failure of one is the failure of all. */
final class Crew implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** Does all of this at once, and returns when all is done. */
    void together(List<Runnable> tasks) {
        List<Future<?>> running = new ArrayList<>();
        tasks.forEach(task -> running.add(threads.submit(task)));
        for (Future<?> task : running) {
            await(task);
        }
    }

    /** Does the same with each item, so many at a time, begun in the items' order. */
    <T> void each(int atOnce, Collection<T> items, Consumer<T> work) {
        Iterator<T> waiting = items.iterator();
        Runnable worker = () -> {
            for (T item = next(waiting); item != null; item = next(waiting)) {
                work.accept(item);
            }
        };
        List<Runnable> workers = new ArrayList<>();
        for (int i = 0; i < Math.min(atOnce, items.size()); i++) {
            workers.add(worker);
        }
        together(workers);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static <T> T next(Iterator<T> waiting) {
        synchronized (waiting) {
            return waiting.hasNext() ? waiting.next() : null;
        }
    }

    private static void await(Future<?> task) {
        try {
            task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new DemoFailure("a client failed", e.getCause());
        }
    }
}
