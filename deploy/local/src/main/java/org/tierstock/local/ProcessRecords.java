package org.tierstock.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which processes were started on a data directory, on disk, so that the next launcher finds those that a killed one
 * left behind. A process id is used again by the system sooner or later: only a process that also began at the recorded
 * instant is taken for ours.
 */
final class ProcessRecords {

    private static final Duration GRACE = Duration.ofSeconds(15);

    private final Path directory;

    ProcessRecords(Path directory) {
        this.directory = directory;
    }

    void remember(String name, ProcessHandle process) {
        String start = process.info().startInstant().map(Instant::toString).orElse("");
        try {
            Files.writeString(directory.resolve(name), process.pid() + " " + start);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void forget(String name) {
        try {
            Files.deleteIfExists(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The id of the process that was recorded last under a name. */
    long pid(String name) {
        try {
            return pidOf(Files.readString(directory.resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends every recorded process that still runs and is still ours; answers their names. */
    List<String> endStale() {
        List<String> ended = new ArrayList<>();
        try (DirectoryStream<Path> records = Files.newDirectoryStream(directory)) {
            for (Path record : records) {
                ours(Files.readString(record)).ifPresent(process -> {
                    end(process);
                    ended.add(record.getFileName().toString());
                });
                Files.delete(record);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ended;
    }

    private static Optional<ProcessHandle> ours(String record) {
        String start = record.substring(record.indexOf(' ') + 1);
        return ProcessHandle.of(pidOf(record))
                .filter(process -> process.info()
                        .startInstant()
                        .map(Instant::toString)
                        .orElse("")
                        .equals(start));
    }

    private static long pidOf(String record) {
        return Long.parseLong(record.substring(0, record.indexOf(' ')));
    }

    private static void end(ProcessHandle process) {
        process.destroy();
        if (!Waiting.until(() -> !process.isAlive(), GRACE)) {
            process.destroyForcibly();
            Waiting.until(() -> !process.isAlive(), GRACE);
        }
    }
}
