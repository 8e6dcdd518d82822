package org.tierstock.runtime.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tierstock.movements.Partitions;
import org.tierstock.runtime.fence.Fence;
import org.tierstock.runtime.sql.Database;
import org.tierstock.runtime.sql.PostingConnections;
import org.tierstock.testing.EmbeddedDatabase;

@Timeout(60)
class WorkLoopsTest {
    private static final String WORK = "carry";
    private static final int ENOUGH = 100;
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final Database database =
            new Database(EmbeddedDatabase.migrated("classpath:db/runtime").dataSource());
    private final Replica one = new Replica();
    private final Replica other = new Replica();

    /** A replica, and the partitions of each of its steps. */
    private final class Replica {
        private final LinkedBlockingQueue<Set<Integer>> steps = new LinkedBlockingQueue<>();
        private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
        private final Leases leases = new Leases(database, database);
        private final WorkLoops loops;
        private volatile boolean cutOff;
        private volatile boolean idleBetweenFailures;
        private boolean idle;

        Replica() {
            Fence fence = new Fence();
            fence.open();
            loops = new WorkLoops(
                    leases,
                    new JtaWorkSignals(null),
                    fence,
                    new PostingConnections(null, Optional.of(ENOUGH)),
                    meters,
                    PATIENCE,
                    Duration.ofSeconds(1));
        }

        void start() {
            loops.start(WORK, Duration.ofMillis(20), partitions -> {
                steps.add(partitions);
                idle = idleBetweenFailures && !idle;
                if (cutOff && !idle) {
                    throw new IllegalStateException("The peer cannot be reached");
                }
                return idle ? Progress.NONE : Progress.DONE;
            });
        }

        /** Returns when it has done, or tried, a step on so many partitions. */
        void awaitStepOn(int partitions) throws InterruptedException {
            steps.clear();
            while (steps.take().size() != partitions) {
                // the next one
            }
        }

        double failingSeconds() {
            return meters.get("tierstock.work.failing")
                    .tag("work", WORK)
                    .timeGauge()
                    .value();
        }
    }

    @AfterEach
    void stop() {
        one.loops.stop();
        other.loops.stop();
    }

    @Test
    void a_replica_that_cannot_do_a_work_leaves_it_to_the_other_until_it_can() throws InterruptedException {
        one.start();
        other.start();
        one.awaitStepOn(Partitions.COUNT / 2);
        other.awaitStepOn(Partitions.COUNT / 2);

        one.cutOff = true;
        other.awaitStepOn(Partitions.COUNT);

        one.awaitStepOn(1);
        assertThat(failures()).containsExactly("java.lang.IllegalStateException: The peer cannot be reached");

        one.cutOff = false;
        one.awaitStepOn(Partitions.COUNT / 2);
        other.awaitStepOn(Partitions.COUNT / 2);
        assertThat(failures()).isEmpty();
        assertThat(one.failingSeconds()).isZero();
    }

    @Test
    void a_step_that_finds_nothing_to_do_does_not_hide_that_the_work_fails() throws InterruptedException {
        one.start();
        other.start();
        one.awaitStepOn(Partitions.COUNT / 2);
        other.awaitStepOn(Partitions.COUNT / 2);

        one.idleBetweenFailures = true;
        one.cutOff = true;

        other.awaitStepOn(Partitions.COUNT);
        assertThat(failures()).containsExactly("java.lang.IllegalStateException: The peer cannot be reached");
    }

    @Test
    void what_nobody_can_do_all_go_on_trying() throws InterruptedException {
        one.cutOff = true;
        other.cutOff = true;
        one.start();
        other.start();

        while (failures().size() < 2) {
            one.awaitStepOn(Partitions.COUNT / 2);
        }
        one.awaitStepOn(Partitions.COUNT / 2);
        other.awaitStepOn(Partitions.COUNT / 2);

        one.cutOff = false;
        other.cutOff = false;
        while (!failures().isEmpty()) {
            one.awaitStepOn(Partitions.COUNT / 2);
        }
    }

    /** What is shown of the replicas that cannot do the work. */
    private List<String> failures() {
        return database.query(
                "SELECT failure FROM replica WHERE failing_since IS NOT NULL",
                Database.Binder.NOTHING,
                row -> row.getString(1));
    }
}
