package org.tierstock.runtime.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.scheduler.Trigger;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.function.DoublePredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tierstock.runtime.probe.Platform;
import org.tierstock.runtime.probe.ProbeJob;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class ScheduledJobsTest {
    private static final String FAILING = "tierstock.schedule.failing";

    @Inject
    Scheduler scheduler;

    @Inject
    MeterRegistry meters;

    @Inject
    ProbeJob job;

    @AfterEach
    void it_works_again() {
        job.broken(false);
        job.hanging(false);
    }

    @Test
    @Timeout(60)
    void a_scheduled_job_that_hangs_is_shown_until_it_has_ended() throws InterruptedException {
        await(seconds -> seconds == 0);
        job.hanging(true);
        await(seconds -> seconds > 0);
        job.hanging(false);
        await(seconds -> seconds == 0);
    }

    @Test
    void every_scheduled_job_is_skipped_while_it_still_runs_so_that_one_that_hangs_is_seen() throws Exception {
        for (Trigger trigger : scheduler.getScheduledJobs()) {
            String[] method = trigger.getMethodDescription().split("#");
            assertThat(Class.forName(method[0]).getDeclaredMethod(method[1]).getAnnotation(Scheduled.class))
                    .as(trigger.getId())
                    .extracting(Scheduled::concurrentExecution)
                    .isEqualTo(Scheduled.ConcurrentExecution.SKIP);
        }
    }

    @Test
    @Timeout(60)
    void a_scheduled_job_that_fails_is_shown_until_a_run_of_it_succeeds() throws InterruptedException {
        await(seconds -> seconds == 0);
        job.broken(true);
        await(seconds -> seconds > 0);
        job.broken(false);
        await(seconds -> seconds == 0);
    }

    @Test
    void every_scheduled_job_has_its_gauge_from_the_start() {
        assertThat(meters.find(FAILING).gauges())
                .extracting(gauge -> gauge.getId().getTag("job"))
                .containsExactlyInAnyOrderElementsOf(scheduler.getScheduledJobs().stream()
                        .map(Trigger::getId)
                        .toList())
                .contains("database-watch", "stream-marks", "ledger-partitions", "difference-report", "reconciliation");
    }

    private void await(DoublePredicate condition) throws InterruptedException {
        while (!condition.test(
                meters.get(FAILING).tag("job", ProbeJob.IDENTITY).gauge().value())) {
            Thread.sleep(20);
        }
    }
}
