package org.tierstock.runtime.work;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.tierstock.movements.Partitions;
import org.tierstock.runtime.fence.Fence;
import org.tierstock.runtime.sql.PostingConnections;

/**
 * Runs the jobs of a service: each in a thread of its own, on the partitions whose lease this replica holds, woken by an
 * announcement or a timer.
 *
 * <p>A work whose steps keep failing is left to the replicas that can do it ({@link Ability}). Meanwhile this one tries it
 * on a partition of theirs, which may be done twice, so that it notices when it can again.
 */
@ApplicationScoped
public class WorkLoops {
    private static final Logger LOG = Logger.getLogger(WorkLoops.class);
    private static final Duration RENEW = Duration.ofSeconds(1);
    private static final Duration WARN_AGAIN = Duration.ofMinutes(1);

    /** One bounded piece of work on some partitions. */
    @FunctionalInterface
    public interface Step {
        /** Does some work, or throws when this replica cannot: {@link Unreached} when it does not reach whom it needs. */
        Progress run(Set<Integer> partitions) throws Exception;
    }

    private final Leases leases;
    private final JtaWorkSignals signals;
    private final Fence fence;
    private final MeterRegistry meters;
    private final Duration patience;
    private final Duration longestTrial;
    private final PostingConnections connections;
    private final List<Thread> threads = new ArrayList<>();
    private final Set<String> works = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    /**
     * For the container.
     *
     * @param patience how long a work may fail before this replica leaves it to others that can do it
     * @param longestTrial how long it must do without a failure, at most, before it takes its share again
     */
    @Inject
    public WorkLoops(
            Leases leases,
            JtaWorkSignals signals,
            Fence fence,
            PostingConnections connections,
            MeterRegistry meters,
            @ConfigProperty(name = "tierstock.work.give-back", defaultValue = "5s") Duration patience,
            @ConfigProperty(name = "tierstock.work.longest-trial", defaultValue = "5m") Duration longestTrial) {
        this.leases = leases;
        this.signals = signals;
        this.fence = fence;
        this.connections = connections;
        this.meters = meters;
        this.patience = patience;
        this.longestTrial = longestTrial;
    }

    /** For the container's proxy. */
    protected WorkLoops() {
        this(null, null, null, null, null, null, null);
    }

    /**
     * Starts a loop that begins when the fence is open and ends with the service.
     *
     * @param work the name of the work: of its lease, of the announcements that wake it, and of its thread
     * @param idle how long it waits without an announcement before it looks again
     */
    public void start(String work, Duration idle, Step step) {
        connections.needed(work, 1);
        works.add(work);
        Loop loop = new Loop(work, idle, step);
        TimeGauge.builder("tierstock.work.failing", loop, TimeUnit.SECONDS, Loop::failingSeconds)
                .description("For how long this replica has not been able to do the work; 0 when it is")
                .tag("work", work)
                .register(meters);
        synchronized (threads) {
            threads.add(Thread.ofPlatform().daemon().name(work).start(loop));
        }
    }

    /** The works that have been started here, and later those too that are. */
    Set<String> works() {
        return Collections.unmodifiableSet(works);
    }

    private final class Loop implements Runnable {
        private final String work;
        private final Duration idle;
        private final Step step;
        private final Ability ability = new Ability(patience, longestTrial);
        private Set<Integer> partitions = Set.of();
        private long claimedAt;
        private Long pausedUntil;
        private Long warnedAt;

        Loop(String work, Duration idle, Step step) {
            this.work = work;
            this.idle = idle;
            this.step = step;
        }

        double failingSeconds() {
            return ability.failingFor(System.nanoTime()).toSeconds();
        }

        @Override
        public void run() {
            try {
                while (!stopping) {
                    fence.awaitOpen();
                    round();
                }
            } catch (InterruptedException e) {
                LOG.debugf("%s ends", work);
            }
        }

        private void round() throws InterruptedException {
            long began = System.nanoTime();
            try {
                boolean paused = paused(began);
                claim();
                if (!paused && step(began) != Progress.MORE) {
                    await();
                }
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception | Error e) {
                // Errors too: a loop that has ended is never missed by anyone.
                Duration pause = ability.pause(idle);
                if (!stopping) {
                    warn(e, pause);
                }
                pausedUntil = System.nanoTime() + pause.toNanos();
            }
        }

        /** Waits a part of the pause after a failure, so that the leases are kept meanwhile; false when it is over. */
        private boolean paused(long now) throws InterruptedException {
            if (pausedUntil == null || pausedUntil - now <= 0) {
                pausedUntil = null;
                return false;
            }
            TimeUnit.NANOSECONDS.sleep(Math.min(pausedUntil - now, RENEW.toNanos()));
            return true;
        }

        private void claim() {
            long now = System.nanoTime();
            if (partitions.isEmpty() || now - claimedAt >= RENEW.toNanos()) {
                partitions = Set.of();
                partitions = leases.claim(
                        work,
                        ability.isUnable()
                                ? new Leases.Unable(
                                        ability.failingFor(now),
                                        ability.failure().toString())
                                : null);
                claimedAt = now;
            }
        }

        /** One step on what is leased to this replica, or a trial on what is not. */
        private Progress step(long began) throws Exception {
            Progress progress = Progress.NONE;
            try {
                if (!partitions.isEmpty()) {
                    progress = step.run(partitions);
                    if (progress == Progress.NONE) {
                        ability.tried(System.nanoTime());
                    } else {
                        ability.succeeded(System.nanoTime());
                    }
                } else if (ability.isUnable()) {
                    step.run(Set.of(ThreadLocalRandom.current().nextInt(Partitions.COUNT)));
                    ability.tried(System.nanoTime());
                }
            } catch (Exception | Error e) {
                ability.failed(began, System.nanoTime(), e);
                throw e;
            }
            if (warnedAt != null && ability.failure() == null) {
                LOG.infof("%s goes on", work);
                warnedAt = null;
            }
            return progress;
        }

        /** Waits for an announcement, or for the timer. The leases are kept meanwhile. */
        private void await() throws InterruptedException {
            long until = System.nanoTime() + idle.toNanos();
            for (long left = idle.toNanos(); left > 0 && !stopping; left = until - System.nanoTime()) {
                if (signals.await(work, Duration.ofNanos(Math.min(left, RENEW.toNanos())))) {
                    return;
                }
                claim();
            }
        }

        private void warn(Throwable failure, Duration pause) {
            long now = System.nanoTime();
            if (warnedAt == null) {
                LOG.warnf(failure, "%s fails and tries again in %s", work, pause);
            } else if (now - warnedAt >= WARN_AGAIN.toNanos()) {
                LOG.warnf("%s still fails, for %s now: %s", work, ability.failingFor(now), failure);
            } else {
                LOG.debugf(failure, "%s still fails", work);
                return;
            }
            warnedAt = now;
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
