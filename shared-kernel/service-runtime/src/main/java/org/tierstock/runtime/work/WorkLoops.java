package org.tierstock.runtime.work;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.tierstock.runtime.fence.Fence;

/**
 * Runs the jobs of a service: each in a thread of its own, on the partitions whose lease this replica holds, woken by an
 * announcement or a timer.
 */
@ApplicationScoped
public class WorkLoops {
    private static final Logger LOG = Logger.getLogger(WorkLoops.class);
    private static final Duration RENEW = Duration.ofSeconds(1);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);

    /** One bounded piece of work on some partitions. */
    @FunctionalInterface
    public interface Step {
        /** Does some work; true when there may be more at once. */
        boolean run(Set<Integer> partitions) throws Exception;
    }

    private final Leases leases;
    private final JtaWorkSignals signals;
    private final Fence fence;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopping;

    @Inject
    public WorkLoops(Leases leases, JtaWorkSignals signals, Fence fence) {
        this.leases = leases;
        this.signals = signals;
        this.fence = fence;
    }

    /** For the container's proxy. */
    protected WorkLoops() {
        this(null, null, null);
    }

    /**
     * Starts a loop that begins when the fence is open and ends with the service.
     *
     * @param work the name of the work: of its lease, of the announcements that wake it, and of its thread
     * @param idle how long it waits without an announcement before it looks again
     */
    public void start(String work, Duration idle, Step step) {
        synchronized (threads) {
            threads.add(Thread.ofPlatform().daemon().name(work).start(() -> loop(work, idle, step)));
        }
    }

    private void loop(String work, Duration idle, Step step) {
        boolean failing = false;
        Set<Integer> partitions = Set.of();
        long renewAt = Long.MIN_VALUE;
        while (!stopping) {
            try {
                fence.awaitOpen();
                if (System.nanoTime() - renewAt >= 0 || partitions.isEmpty()) {
                    partitions = leases.claim(work);
                    renewAt = System.nanoTime() + RENEW.toNanos();
                }
                boolean more = !partitions.isEmpty() && step.run(partitions);
                if (failing) {
                    LOG.infof("%s goes on", work);
                    failing = false;
                }
                if (!more) {
                    signals.await(work, idle);
                }
            } catch (InterruptedException e) {
                return;
            } catch (Exception | Error e) {
                // Errors too: a loop that has ended is never missed by anyone.
                if (stopping) {
                    return;
                }
                if (failing) {
                    LOG.debugf(e, "%s still fails", work);
                } else {
                    LOG.warnf(e, "%s fails and tries again every %s", work, PAUSE_AFTER_FAILURE);
                    failing = true;
                }
                try {
                    Thread.sleep(PAUSE_AFTER_FAILURE);
                } catch (InterruptedException interrupted) {
                    return;
                }
            }
        }
    }

    @PreDestroy
    void stop() {
        stopping = true;
        synchronized (threads) {
            for (Thread thread : threads) {
                thread.interrupt();
            }
            for (Thread thread : threads) {
                try {
                    thread.join(5_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }
}
