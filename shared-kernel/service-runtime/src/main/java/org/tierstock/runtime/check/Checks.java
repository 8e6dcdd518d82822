package org.tierstock.runtime.check;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.tierstock.runtime.problem.Problem;
import org.tierstock.runtime.problem.Problems;

/** Does runs in the background, each in two threads of its own: one that compares, and one that says that it goes on. */
@ApplicationScoped
public class Checks {
    private static final Logger LOG = Logger.getLogger(Checks.class);
    private static final Duration BEAT = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final CheckRuns runs;
    private final Set<String> here = ConcurrentHashMap.newKeySet();

    @Inject
    public Checks(CheckRuns runs) {
        this.runs = runs;
    }

    /** For the container's proxy. */
    protected Checks() {
        this(null);
    }

    /**
     * Begins a run; or answers the one of that kind that is running already, here or at another replica.
     *
     * @throws Problem 409 CHECK_RUNNING when the one that is running compares something else
     */
    public CheckRun begin(Check check, Part part, String askedBy) {
        CheckRuns.Asked asked = runs.ask(check.kind(), part, askedBy);
        CheckRun run = asked.run();
        if (asked.begun()) {
            here.add(run.number());
            Work work = new Work(check, run);
            Thread.ofVirtual().name("check-" + run.number()).start(work);
            Thread.ofVirtual().name("check-" + run.number() + "-beat").start(work::beat);
        } else if (!run.part().equals(part)) {
            throw Problem.of(409, "CHECK_RUNNING", "Another one is running: wait until it is done.")
                    .with("number", run.number())
                    .retryAfterSeconds((int) BEAT.toSeconds());
        }
        return run;
    }

    /** The run as it is when it has ended, or when the time is up. */
    public CheckRun await(Check.Kind kind, CheckRun begun, Duration atMost) {
        CheckRun run = begun;
        long deadline = System.nanoTime() + atMost.toNanos();
        while (run.state() == CheckRun.State.RUNNING && System.nanoTime() < deadline) {
            try {
                Thread.sleep(LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return run;
            }
            run = runs.find(kind, run.number()).orElseThrow();
        }
        return run;
    }

    /** At a clean stop others need not wait until a run of this replica is missed. */
    void stop(@Observes ShutdownEvent event) {
        for (String number : here) {
            try {
                runs.failed(number, "Its replica was stopped");
            } catch (RuntimeException e) {
                LOG.debugf(e, "%s will be missed by itself", number);
            }
        }
    }

    private final class Work implements Runnable {
        private final Check check;
        private final CheckRun run;
        private final AtomicLong compared = new AtomicLong();
        private volatile boolean ended;

        Work(Check check, CheckRun run) {
            this.check = check;
            this.run = run;
        }

        @Override
        public void run() {
            try {
                Check.Result result = check.run(run.part(), this::compared);
                ended = true;
                runs.done(run.number(), compared.get(), result);
            } catch (RuntimeException | Error e) {
                ended = true;
                fail(e);
            } finally {
                here.remove(run.number());
            }
        }

        private void compared(long keys) {
            if (ended) {
                throw new IllegalStateException("It counts as failed meanwhile");
            }
            compared.set(keys);
        }

        private void fail(Throwable e) {
            LOG.warnf(e, "%s has failed", run.number());
            try {
                runs.failed(run.number(), Problems.of(e).detail());
            } catch (RuntimeException late) {
                LOG.debugf(late, "%s will be missed by itself", run.number());
            }
        }

        void beat() {
            while (!ended) {
                try {
                    Thread.sleep(BEAT);
                    if (!ended && !runs.seen(run.number(), compared.get())) {
                        ended = true;
                    }
                } catch (InterruptedException e) {
                    return;
                } catch (RuntimeException e) {
                    LOG.debugf(e, "%s could not be heard of", run.number());
                }
            }
        }
    }
}
