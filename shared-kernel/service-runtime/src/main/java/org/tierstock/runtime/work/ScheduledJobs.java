package org.tierstock.runtime.work;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.FailedExecution;
import io.quarkus.scheduler.ScheduledExecution;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.scheduler.SkippedExecution;
import io.quarkus.scheduler.SuccessfulExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Shows for how long each scheduled job has failed at this replica ({@code tierstock_schedule_failing_seconds}), and logs it:
 * when it begins to fail, once a minute at most while it goes on, and when it succeeds again. So a job that cannot do what it
 * is for just throws. One that is due again while it still runs is skipped and counts as failing, since what hangs throws nothing.
 */
@ApplicationScoped
public class ScheduledJobs {
    private static final Logger LOG = Logger.getLogger(ScheduledJobs.class);
    private static final Duration WARN_AGAIN = Duration.ofMinutes(1);

    /** By {@link System#nanoTime}: since when a job fails, and when that was logged last. */
    private record Failing(long since, long warnedAt) {}

    private final Map<String, Failing> failing = new ConcurrentHashMap<>();

    void showAsMetrics(@Observes StartupEvent event, Scheduler scheduler, MeterRegistry meters) {
        scheduler
                .getScheduledJobs()
                .forEach(job -> TimeGauge.builder(
                                "tierstock.schedule.failing", () -> seconds(job.getId()), TimeUnit.SECONDS)
                        .description(
                                "For how long a scheduled job has failed at this replica; 0 when its last run succeeded")
                        .tag("job", job.getId())
                        .register(meters));
    }

    void failed(@Observes FailedExecution failed) {
        note(failed.getExecution(), failed.getException());
    }

    void hangs(@Observes SkippedExecution skipped) {
        note(skipped.getExecution(), null);
    }

    void succeeded(@Observes SuccessfulExecution succeeded) {
        String job = job(succeeded.getExecution());
        if (failing.remove(job) != null) {
            LOG.infof("%s goes on", job);
        }
    }

    /** @param failure null when the job is still at its last run */
    private void note(ScheduledExecution execution, Throwable failure) {
        failing.compute(job(execution), (job, before) -> {
            long now = System.nanoTime();
            if (before == null) {
                LOG.warnf(failure, "%s %s", job, failure == null ? "has not ended and is due again" : "fails");
                return new Failing(now, now);
            }
            if (now - before.warnedAt < WARN_AGAIN.toNanos()) {
                return before;
            }
            LOG.warnf("%s still fails, for %s now: %s", job, Duration.ofNanos(now - before.since), failure);
            return new Failing(before.since, now);
        });
    }

    private static String job(ScheduledExecution execution) {
        return execution.getTrigger().getId();
    }

    private double seconds(String job) {
        Failing now = failing.get(job);
        return now == null ? 0 : Duration.ofNanos(System.nanoTime() - now.since).toMillis() / 1_000.0;
    }
}
