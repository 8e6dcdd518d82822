package org.tierstock.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The signals that Java cannot send by itself, sent by the system's {@code kill}. */
enum Signal {
    /** Asks PostgreSQL for its fast shutdown. */
    INT,
    /** Stalls a process where it stands. */
    STOP,
    /** Lets a stalled process go on. */
    CONT;

    /** Returns when it is sent. A process that is gone already misses nothing. */
    void send(List<ProcessHandle> processes) {
        StringBuilder command = new StringBuilder("kill -" + name());
        processes.forEach(process -> command.append(' ').append(process.pid()));
        try {
            new ProcessBuilder("sh", "-c", command.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformFailure("interrupted while signalling", e);
        }
    }
}
