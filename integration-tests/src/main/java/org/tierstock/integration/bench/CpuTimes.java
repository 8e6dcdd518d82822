package org.tierstock.integration.bench;

import java.time.Duration;
import java.util.Optional;

/**
 * Processor time used so far by the three who share the machine. What a lock costs of each says what limits a cell.
 *
 * @param client this process
 * @param server the services
 * @param postgres all processes of PostgreSQL; zero when it runs elsewhere
 */
record CpuTimes(Duration client, Duration server, Duration postgres) {
    static CpuTimes now(Optional<ProcessHandle> postmaster) {
        return new CpuTimes(
                used(ProcessHandle.current()),
                ProcessHandle.current()
                        .descendants()
                        .filter(CpuTimes::isService)
                        .map(CpuTimes::used)
                        .reduce(Duration.ZERO, Duration::plus),
                postmaster.stream()
                        .flatMap(ProcessHandle::descendants)
                        .map(CpuTimes::used)
                        .reduce(Duration.ZERO, Duration::plus));
    }

    CpuTimes minus(CpuTimes earlier) {
        return new CpuTimes(
                client.minus(earlier.client), server.minus(earlier.server), postgres.minus(earlier.postgres));
    }

    private static boolean isService(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains("quarkus-run.jar");
    }

    private static Duration used(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
