package org.tierstock.local.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Tells a person how far the demo has come: a bar on a terminal, a line now and then elsewhere. */
final class Progress {
    private static final int BAR_CHARACTERS = 40;
    private static final long REDRAW_NANOS = 200_000_000L;
    private static final long LINE_NANOS = 5_000_000_000L;

    private final PrintStream out;
    private final boolean terminal;
    private final long startedNanos = System.nanoTime();
    private final AtomicLong done = new AtomicLong();
    private String stage = "";
    private long total;
    private long shownAtNanos;

    Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** On stderr, whatever that is. */
    static Progress onStandardError() {
        return new Progress(System.err, isTerminal(Path.of("/proc/self/fd/2")));
    }

    /** A new part of the work, of so many steps; 0 when nobody knows. */
    synchronized void stage(String title, long steps) {
        finish();
        stage = title;
        total = steps;
        done.set(0);
        show();
    }

    void advance(long steps) {
        done.addAndGet(steps);
        synchronized (this) {
            if (System.nanoTime() - shownAtNanos > (terminal ? REDRAW_NANOS : LINE_NANOS)) {
                show();
            }
        }
    }

    /** A line that stays. */
    synchronized void say(String line) {
        if (terminal && !stage.isEmpty()) {
            out.print("\r\033[K");
        }
        out.println(line);
        if (terminal && !stage.isEmpty()) {
            show();
        }
    }

    /** The end of the last stage. */
    synchronized void finish() {
        if (!stage.isEmpty() && total > 0) {
            done.set(total);
            show();
        }
        if (!stage.isEmpty() && terminal) {
            out.println();
        }
        stage = "";
    }

    private void show() {
        shownAtNanos = System.nanoTime();
        String text = total == 0 ? stage : bar() + ' ' + percent() + "%  " + stage;
        if (terminal) {
            out.print("\r\033[K" + text);
            out.flush();
        } else {
            out.printf("%4d s  %s%n", elapsedSeconds(), total == 0 ? stage : percent() + "%  " + stage);
        }
    }

    private long elapsedSeconds() {
        return (System.nanoTime() - startedNanos) / 1_000_000_000L;
    }

    private String bar() {
        int filled = (int) (BAR_CHARACTERS * Math.min(done.get(), total) / total);
        return '[' + "#".repeat(filled) + " ".repeat(BAR_CHARACTERS - filled) + ']';
    }

    private long percent() {
        return 100 * Math.min(done.get(), total) / total;
    }

    /** Java says only whether both streams are a terminal; Linux says it of each. */
    private static boolean isTerminal(Path stream) {
        try {
            String target = Files.readSymbolicLink(stream).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }
}
