package org.tierstock.integration.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process holds of the machine's memory. */
final class Resident {
    private Resident() {}

    /** The most that the process has held of the machine's memory since its start. Linux says so; elsewhere it is 0. */
    static long mostBytes(long pid) {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (Files.notExists(status)) {
            return 0;
        }
        try {
            return Files.readAllLines(status).stream()
                    .filter(row -> row.startsWith("VmHWM:"))
                    .mapToLong(row -> Long.parseLong(row.replaceAll("[^0-9]", "")) * 1_024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
