package org.tierstock.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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

    /** The round in which the broker loses its files first. A slow machine may end before it. */
    private static final int FIRST_LOST_STORE = 2;

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
        assertThat(report.count("kills")).isPositive();
        assertThat(report.count("networkFaults")).isPositive();
        assertThat(report.count("connectionsStruck")).isPositive();
        assertThat(report.closedThroughout()).isNotEqualTo("[]");
        if (report.count("rounds") >= FIRST_LOST_STORE) {
            assertThat(report.count("brokerStoresLost")).isPositive();
        }
        assertThat(report.count("requestsRepeated")).isPositive();
        assertThat(report.count("unitsShipped")).isPositive();
    }
}
