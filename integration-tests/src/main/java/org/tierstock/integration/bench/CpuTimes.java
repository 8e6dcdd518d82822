package org.tierstock.integration.bench;

import java.time.Duration;
import java.util.Locale;

/**
 * Processor time used so far by the three who share the machine. What a lock costs of each says what limits a cell.
 *
 * @param client this process
 * @param server the service
 * @param postgres all processes of PostgreSQL
 */
record CpuTimes(Duration client, Duration server, Duration postgres) {

    static CpuTimes now() {
        CpuTimes sum = new CpuTimes(used(ProcessHandle.current()), Duration.ZERO, Duration.ZERO);
        for (ProcessHandle process : ProcessHandle.current().descendants().toList()) {
            String command = process.info().command().orElse("").toLowerCase(Locale.ROOT);
            if (command.endsWith("postgres")) {
                sum = new CpuTimes(sum.client, sum.server, sum.postgres.plus(used(process)));
            } else if (isService(process)) {
                sum = new CpuTimes(sum.client, sum.server.plus(used(process)), sum.postgres);
            }
        }
        return sum;
    }

    CpuTimes plus(CpuTimes other) {
        return new CpuTimes(client.plus(other.client), server.plus(other.server), postgres.plus(other.postgres));
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
