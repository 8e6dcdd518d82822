package org.tierstock.integration.faults;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.tierstock.local.LocalPlatform;
import org.tierstock.local.PlatformFailure;

/** Does what a schedule says to a platform, has it counted, and measures how soon all processes are ready again. */
final class Strokes {
    /** A process that ends by itself while it starts is started again so often. */
    private static final int STARTS = 5;

    private static final long WORTH_TELLING_MILLIS = 15_000;
    private static final String BROKER = "broker";
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final double PER_CENT_99 = 99.0;

    private final LocalPlatform platform;
    private final FaultCounts counts;
    private final Consumer<String> told;
    private final AtomicInteger startsRepeated = new AtomicInteger();
    private final Histogram readyMillis = new Histogram(SIGNIFICANT_DIGITS);
    private final Map<String, Double> slowestReadySeconds = new ConcurrentSkipListMap<>();

    /** @param told is told why a process had to be started again */
    Strokes(LocalPlatform platform, FaultCounts counts, Consumer<String> told) {
        this.platform = platform;
        this.counts = counts;
        this.told = told;
    }

    /** Returns when the fault is over, and after a kill when every process is ready again. */
    void strike(Fault fault) {
        switch (fault) {
            case Fault.Kill kill -> kill(kill);
            case Fault.LostStore lost -> loseStore(lost);
            case Fault.Stall stall -> stall(stall);
            case Fault.Network network -> harm(network);
        }
    }

    private void kill(Fault.Kill kill) {
        sleep(kill.after());
        AtOnce.each(kill.victims(), platform::kill);
        kill.victims().forEach(victim -> counts.happened(FaultKind.KILL, victim));
        sleep(kill.dead());
        startAgain(kill.victims(), kill);
    }

    private void loseStore(Fault.LostStore lost) {
        sleep(lost.after());
        platform.kill(BROKER);
        platform.emptyBroker();
        counts.happened(FaultKind.LOST_STORE, BROKER);
        sleep(lost.dead());
        startAgain(List.of(BROKER), lost);
    }

    private void startAgain(List<String> killed, Fault kill) {
        long began = System.nanoTime();
        AtOnce.each(killed, platform::startAgain);
        Map<String, Double> seconds = awaitAllReady();
        long millis = (System.nanoTime() - began) / 1_000_000;
        synchronized (readyMillis) {
            readyMillis.recordValue(millis);
        }
        slowestReadySeconds.merge(kill.toString(), millis / 1e3, Math::max);
        if (millis > WORTH_TELLING_MILLIS) {
            told.accept(String.format(
                    Locale.ROOT, "    ready again after %.1f s: %s; seconds of each: %s", millis / 1e3, kill, seconds));
        }
    }

    /**
     * Returns when each process has been ready. Each is watched by itself: one that was ready, and that the next harm meets
     * while another still starts, is not waited for twice.
     *
     * @return how many seconds each took from now on
     * @throws PlatformFailure when a process does not become ready
     */
    Map<String, Double> awaitAllReady() {
        long began = System.nanoTime();
        Map<String, Double> seconds = new ConcurrentSkipListMap<>();
        AtOnce.each(platform.processes(), process -> {
            awaitReady(process);
            seconds.put(process, (System.nanoTime() - began) / 100_000_000 / 10.0);
        });
        return seconds;
    }

    private void awaitReady(String process) {
        for (int start = 1; ; start++) {
            try {
                platform.awaitReady(process);
                return;
            } catch (PlatformFailure failure) {
                // What it needs at its start may be harmed just then. Whoever runs services starts them again.
                if (start == STARTS || platform.alive(process)) {
                    throw failure;
                }
                startsRepeated.incrementAndGet();
                told.accept("    started again: " + failure.getMessage());
                platform.startAgain(process);
            }
        }
    }

    private void stall(Fault.Stall stall) {
        platform.stall(stall.victim());
        counts.happened(FaultKind.STALL, stall.victim());
        sleep(stall.still());
        platform.goOn(stall.victim());
    }

    private void harm(Fault.Network network) {
        sleep(network.after());
        network.harm().befall(network.link(), new SplittableRandom(network.seed()));
        counts.happened(FaultKind.NETWORK, network.harm().name());
        sleep(network.lasting());
        network.link().heal();
    }

    /** What has been done so far. */
    FaultCounts counts() {
        return counts;
    }

    int startsRepeated() {
        return startsRepeated.get();
    }

    /** From the start of a killed process until each process had been ready, of the slowest in a hundred. */
    double readyP99Seconds() {
        synchronized (readyMillis) {
            return readyMillis.getValueAtPercentile(PER_CENT_99) / 1e3;
        }
    }

    double readyP50Seconds() {
        synchronized (readyMillis) {
            return readyMillis.getValueAtPercentile(50.0) / 1e3;
        }
    }

    /** The same of the slowest, by what had been killed. */
    Map<String, Double> slowestReadySeconds() {
        return slowestReadySeconds;
    }

    private static void sleep(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformFailure("interrupted between two faults");
        }
    }
}
