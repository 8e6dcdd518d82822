package org.tierstock.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tierstock.integration.faults.FaultReport;
import org.tierstock.integration.faults.FaultRun;

/** {@code ./tierstock faults}, for two minutes. */
class FaultsTest {
    private static final long SEED = 20261125;
    private static final int CUSTOMERS = 48;
    private static final int MARKETPLACES = 2;

    /** A database that falls back, and the repair after it, are for the command: SetBackDatabaseTest shows them here. */
    private static final boolean FAIL_OVER = false;

    /**
     * What this run contains, by its names in the report. From the second round on the broker loses its files too: a slow
     * machine may end before it, and the report says by itself when it was long enough and nothing was lost.
     */
    private static final List<String> CONTAINED =
            List.of("kills", "stalls", "networkFaults", "oneWayCuts", "snapshotsHeld", "monthsMissing");

    @Test
    void whatever_was_acknowledged_survives_dead_and_stalled_processes_and_a_harmed_network() {
        FaultReport report = new FaultRun(
                        new FaultRun.Settings(
                                SEED,
                                Duration.ofMinutes(2),
                                CUSTOMERS,
                                MARKETPLACES,
                                FAIL_OVER,
                                Optional.of(RunningPlatform.repository()),
                                Optional.empty()),
                        System.err::println)
                .run();

        assertThat(report.breaches()).isEmpty();
        assertThat(CONTAINED).allSatisfy(kind -> assertThat(report.count(kind)).isPositive());
        assertThat(report.count("failOvers")).isZero();
        assertThat(report.count("connectionsStruck")).isPositive();
        assertThat(report.count("requestsRepeated")).isPositive();
        assertThat(report.count("unitsShipped")).isPositive();
    }
}
