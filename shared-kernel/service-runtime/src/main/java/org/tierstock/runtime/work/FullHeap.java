package org.tierstock.runtime.work;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Ends the process whose heap stays full: one that collects garbage most of the time, and finds none, is neither dead nor
 * serves. {@code -XX:+ExitOnOutOfMemoryError} does not end it as long as each collection finds a little, and only the parallel
 * collector gives up by itself. Everything is in the database, so another process goes on from there.
 *
 * <p>It looks from a thread of its own, since whatever else would look is what does not get on.
 */
@ApplicationScoped
public class FullHeap {
    /** As the JVM ends with when there is no memory at all. */
    static final int EXIT_CODE = 3;

    private static final double FULL = 0.9;
    private static final double MOST_OF_THE_TIME = 0.5;
    private static final int LOOKS = 10;

    private final Duration borne;

    /** @param borne how long a full heap is borne */
    @Inject
    FullHeap(@ConfigProperty(name = "tierstock.heap.full") Duration borne) {
        this.borne = borne;
    }

    /** For the container's proxy. */
    protected FullHeap() {
        this(Duration.ZERO);
    }

    void begin(@Observes StartupEvent event) {
        watch();
    }

    /** Watches as long as the process runs. A collector without an old generation of its own is not watched. */
    void watch() {
        oldGeneration().ifPresent(old -> {
            // All that a look and the end need is at hand before the thread begins: in a full heap there is no room to
            // prepare
            // anything, and the heap may be full before the thread gets its first turn.
            long lookMillis = Math.max(1, borne.toMillis() / LOOKS);
            List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
            byte[] lastWords = ("The heap has been full for " + borne + ": this process ends" + System.lineSeparator())
                    .getBytes(StandardCharsets.UTF_8);
            FileOutputStream errors = new FileOutputStream(FileDescriptor.err);
            isFull(old.getCollectionUsage());
            collectingMillis(collectors);
            Thread.ofPlatform().daemon().name("full-heap").start(() -> {
                awaitFull(lookMillis, collectors, old);
                end(errors, lastWords);
            });
        });
    }

    /**
     * Looks until the heap is full, and most of the time of the last looks together went to collections. A single look tells
     * little: on a busy machine the collector itself waits for its turn.
     */
    private static void awaitFull(long lookMillis, List<GarbageCollectorMXBean> collectors, MemoryPoolMXBean old) {
        long[] millis = new long[LOOKS];
        long[] collecting = new long[LOOKS];
        int looks = 0;
        boolean isFull = false;
        while (looks < LOOKS || !isFull || sum(collecting) <= MOST_OF_THE_TIME * sum(millis)) {
            int look = looks % LOOKS;
            millis[look] = lookMillis;
            collecting[look] = lookMillis;
            try {
                long before = collectingMillis(collectors);
                long since = System.nanoTime();
                Thread.sleep(lookMillis);
                millis[look] = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
                collecting[look] = collectingMillis(collectors) - before;
                isFull = isFull(old.getCollectionUsage());
            } catch (VirtualMachineError | LinkageError noRoomToLook) {
                // A class that could not be loaded for want of room is as good a sign as a byte that could not be had.
                isFull = true;
            } catch (InterruptedException e) {
                throw new IllegalStateException("Nobody interrupts this thread", e);
            }
            // From the first turn on only which look it is matters.
            looks = looks + 1 < 2 * LOOKS ? looks + 1 : LOOKS;
        }
    }

    private static long sum(long[] looks) {
        long sum = 0;
        for (long look : looks) {
            sum += look;
        }
        return sum;
    }

    /** Ends the process. It is told to the error output as the JVM tells its own end: a logger may find no room for minutes. */
    private static void end(FileOutputStream errors, byte[] lastWords) {
        try {
            errors.write(lastWords);
        } catch (IOException | VirtualMachineError | LinkageError untold) {
            // The exit code tells it too.
        }
        while (true) {
            try {
                Runtime.getRuntime().halt(EXIT_CODE);
            } catch (VirtualMachineError | LinkageError noRoom) {
                // There is a little at times.
            }
        }
    }

    /** What is left after a collection. */
    private static boolean isFull(MemoryUsage left) {
        return left != null && left.getMax() > 0 && left.getUsed() > FULL * left.getMax();
    }

    private static long collectingMillis(List<GarbageCollectorMXBean> collectors) {
        long millis = 0;
        for (GarbageCollectorMXBean collector : collectors) {
            millis += collector.getCollectionTime();
        }
        return millis;
    }

    private static Optional<MemoryPoolMXBean> oldGeneration() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .filter(pool ->
                        pool.getName().contains("Old Gen") || pool.getName().contains("Tenured Gen"))
                .filter(MemoryPoolMXBean::isCollectionUsageThresholdSupported)
                .findAny();
    }
}
