package org.tierstock.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A process that ends with the launcher, however the launcher ends.
 *
 * <p>Its standard input is a pipe whose other end only the launcher holds. A watcher beside it reads that pipe: when the
 * launcher is gone, also by SIGKILL, the pipe closes and the watcher asks the process to end. SIGINT and SIGHUP are
 * ignored, so that Ctrl-C at the terminal reaches the launcher alone and everything stops in order.
 */
final class ChildProcess {

    private static final String TETHERED = """
            trap '' INT HUP
            exec 3<&0
            { cat <&3; kill -TERM $$; } >/dev/null 2>&1 &
            exec "$@" </dev/null 3<&-
            """;

    private static final Duration GRACE = Duration.ofSeconds(20);

    private final String name;
    private final Path log;
    private final ProcessRecords records;
    private Process process;

    ChildProcess(String name, Path log, ProcessRecords records) {
        this.name = name;
        this.log = log;
        this.records = records;
    }

    synchronized void start(List<String> command, Map<String, String> environment) {
        List<String> tethered = new ArrayList<>(List.of("sh", "-c", TETHERED, name));
        tethered.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(tethered)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // Credentials meant for the launcher stay with it; the process is told its own below.
        builder.environment().keySet().removeIf(key -> key.matches("TIERSTOCK_(.+_)?PG_.*|TIERSTOCK_AMQP_.*"));
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new PlatformFailure("cannot start " + name + ": " + e.getMessage(), e);
        }
        records.remember(name, process.toHandle());
    }

    synchronized boolean alive() {
        return process != null && process.isAlive();
    }

    synchronized List<ProcessHandle> running() {
        return alive() ? List.of(process.toHandle()) : List.of();
    }

    synchronized void kill() {
        if (process != null) {
            process.destroyForcibly();
            await(GRACE);
            records.forget(name);
        }
    }

    synchronized void stop() {
        stop(GRACE);
    }

    synchronized void stop(Duration grace) {
        if (process != null) {
            process.destroy();
            if (!await(grace)) {
                process.destroyForcibly();
                await(GRACE);
            }
            records.forget(name);
        }
    }

    /** Why a process that should be there is not: its exit code and the end of its log. */
    synchronized PlatformFailure ended() {
        return new PlatformFailure(name + " ended with exit code " + process.exitValue() + ". " + LogTail.of(log));
    }

    PlatformFailure silent(Duration waited) {
        return new PlatformFailure(name + " does not answer after " + waited.toSeconds() + " s. " + LogTail.of(log));
    }

    private boolean await(Duration atMost) {
        return Waiting.until(() -> !process.isAlive(), atMost);
    }
}
