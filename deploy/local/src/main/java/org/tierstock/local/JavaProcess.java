package org.tierstock.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A process of the platform that is Java, and that the JDK can learn to start faster. */
abstract class JavaProcess implements PlatformProcess {

    /** How long Java may take to write down what it has learnt: three do at once, on a machine that may be busy. */
    private static final Duration TO_WRITE_DOWN = Duration.ofMinutes(5);

    private final String name;
    private final ChildProcess process;
    private final Optional<AotCache> cache;

    /** @param cache what the JDK has learnt of its start; none when it can learn nothing */
    JavaProcess(String name, ChildProcess process, Optional<AotCache> cache) {
        this.name = name;
        this.process = process;
        this.cache = cache;
    }

    /** What Java is started with: options, application, and what that is told. */
    abstract List<String> arguments();

    abstract Map<String, String> environment();

    abstract boolean isReady();

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final void start() {
        start(cache.map(AotCache::options).orElse(List.of()));
    }

    /** Whether the JDK can learn from a start how to start this faster, and has not yet. */
    final boolean mayLearn() {
        return cache.filter(AotCache::wanted).isPresent();
    }

    /** Starts, and has the JDK learn from it if it may. */
    final void startLearning() {
        if (mayLearn()) {
            start(cache.orElseThrow().learning());
        } else {
            start();
        }
    }

    /** Stops, and keeps what the JDK has learnt since {@link #startLearning}. Returns when the process is dead. */
    final void stopWiser() {
        process.stop(TO_WRITE_DOWN);
        cache.ifPresent(AotCache::keep);
    }

    private void start(List<String> learnt) {
        List<String> command = new ArrayList<>(List.of(JavaCommand.executable(), JavaCommand.NATIVE_ACCESS));
        command.addAll(learnt);
        command.addAll(arguments());
        process.start(command, environment());
    }

    @Override
    public final void awaitReady(Duration atMost) {
        if (!Waiting.until(() -> isReady() || !process.alive(), atMost)) {
            throw process.silent(atMost);
        }
        if (!process.alive()) {
            throw process.ended();
        }
    }

    @Override
    public final boolean alive() {
        return process.alive();
    }

    @Override
    public final List<ProcessHandle> running() {
        return process.running();
    }

    @Override
    public final void kill() {
        process.kill();
    }

    @Override
    public final void stop() {
        process.stop();
    }
}
